namespace Elbo.Results;

/// <summary>A row of the tables of anomalies: a model of nine digits, the tenth of which is the anomaly.</summary>
/// <param name="Digit">The digit that is left out of the training.</param>
/// <param name="Latent">The latent dimensions.</param>
/// <param name="Published">The ROC AUC of a published VAE with about as many latent dimensions.</param>
internal sealed record AnomalyRow(int Digit, int Latent, double Published)
{
    public const int Seed = 0;

    private const int Default = 20;

    public static readonly IReadOnlyList<double> Rates = [0.01, 0.05];

    // Tonnaer 2023, table 3.3.
    private static readonly double[] OfThirtyTwo = [0.81, 0.09, 0.92, 0.87, 0.78, 0.86, 0.87, 0.51, 0.89, 0.58];
    private static readonly double[] OfTwo = [0.96, 0.73, 0.97, 0.94, 0.73, 0.92, 0.95, 0.77, 0.92, 0.66];

    public static IReadOnlyList<AnomalyRow> All { get; } =
    [
        .. OfThirtyTwo.Select((published, digit) => new AnomalyRow(digit, Default, published)),
        .. OfTwo.Select((published, digit) => new AnomalyRow(digit, 2, published)),
    ];

    public string Id => Latent == Default ? $"anomaly-{Digit}" : $"anomaly-{Digit}-latent-{Latent}";

    /// <summary>The arguments of <c>elbo train</c> without the seed and the folder of the run.</summary>
    public string Train => $"vae {(Latent == Default ? "" : $"--latent {Latent} ")}--data DATA --likelihood bernoulli --validation 5000 "
        + "--epochs 10 --threads 1";

    public IReadOnlyList<string> Commands =>
    [
        $"elbo train {Train} --seed {Seed} --out RUN",
        .. Rates.SelectMany(rate => new[]
        {
            FormattableString.Invariant($"elbo calibrate RUN --data DATA --threshold {rate}"),
            FormattableString.Invariant($"elbo score RUN --data DATA --threshold {rate} --anomalies {Digit} --out FILE"),
        }),
    ];
}
