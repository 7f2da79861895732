namespace Elbo.ML;

/// <summary>What an <see cref="ElboEstimator"/> reads, how it trains, and what its columns are called.</summary>
public sealed record ElboEstimatorOptions
{
    /// <summary>The column that is read: a vector of Single of a fixed size, or images of ML.NET. Default: Features.</summary>
    public string InputColumn { get; init; } = "Features";

    /// <summary>The column of the mean of q(z|x), a vector of Single, <c>[latent]</c>. Default: Code.</summary>
    public string CodeColumn { get; init; } = "Code";

    /// <summary>The column of -ELBO, Single, in nats, high for what is unlike the training data. Default: NegativeElbo.</summary>
    public string NegativeElboColumn { get; init; } = "NegativeElbo";

    /// <summary>The column that says whether -ELBO is above the threshold, Boolean. Default: IsAnomaly.</summary>
    public string IsAnomalyColumn { get; init; } = "IsAnomaly";

    /// <summary>
    /// The rate α of the threshold: a normal row, exchangeable with those that were held out, is called an anomaly with a probability of at
    /// most α (<see cref="AnomalyCalibration.FindThreshold"/>). Default: 0.01, which takes 99 rows held out.
    /// </summary>
    public double FalsePositiveRate { get; init; } = 0.01;

    /// <summary>
    /// The rows held out for the threshold, which the model is neither trained nor validated on. Null, the default, stands for a tenth of
    /// the rows, but at least as many as the rate takes and at most 5,000.
    /// </summary>
    public int? Calibration { get; init; }

    /// <summary>
    /// The draws of z over which -ELBO is averaged. They are the same for every row, so that a row has one score, wherever it stands.
    /// Default: 8.
    /// </summary>
    public int Draws { get; init; } = 8;

    /// <summary>What is read of an image: 3 for red, green and blue (default), or 1 for grey, their Rec. 601 luma.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Changes the options of the model, as in <c>o =&gt; o with { LatentSize = 4 }</c>; null for none.</summary>
    public Func<ModelOptions, ModelOptions>? Model { get; init; }

    /// <summary>
    /// How the model is trained. Its seed is that of everything here: the rows held out, the first weights, the training, and the draws of
    /// scores; ML.NET does not tell the one of its context. With a directory the run is kept there.
    /// </summary>
    public TrainerOptions Training { get; init; } = new();

    /// <summary>Receives the state of the training several times a second; null for nobody.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    internal void Validate()
    {
        string[] added = [CodeColumn, NegativeElboColumn, IsAnomalyColumn];
        foreach (var name in (string[])[InputColumn, .. added])
            Check(!string.IsNullOrWhiteSpace(name), "A column of the estimator has no name: give each one.");
        Check(added.Distinct(StringComparer.Ordinal).Count() == added.Length, "Two columns of the estimator have the same name.");
        Check(Draws is >= 1 and <= 10_000, $"{Draws} draws are not possible: choose between 1 and 10000.");
        Check(ImageChannels is 1 or 3, $"An image with {ImageChannels} channels is not possible: choose 1 for grey or 3 for colour.");
        Check(Calibration is null or >= 1, $"{Calibration} rows cannot be held out for the threshold: choose at least 1.");
        Check(
            Training.Binarize is null or Binarization.None,
            "Pixels cannot become zeros and ones here: leave the binarisation out, or do it in the pipeline before the estimator.");
        _ = AnomalyCalibration.MinimumCount(FalsePositiveRate);
        Training.Validate();

        static void Check(bool possible, string message)
        {
            if (!possible)
                throw new SettingsException(message);
        }
    }
}
