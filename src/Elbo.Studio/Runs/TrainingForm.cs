using System.Globalization;

namespace Elbo.Studio;

/// <summary>What a training is started with from the page. Every value is one of a few or within bounds, whatever a client sends.</summary>
internal sealed record TrainingForm
{
    /// <summary>Stands for what the preset says.</summary>
    public const string Usual = "";

    public const int MaxEpochs = 1000;
    public const int MinBatchSize = 8;
    public const int MaxBatchSize = 4096;
    public const int MaxLatent = 512;
    public const double MaxWeight = 1000;
    public const int MaxWarmUp = 1_000_000;
    public const double MinLearningRate = 1e-6;
    public const double MaxLearningRate = 0.1;
    private const int MaxLayerCount = 6;
    private const int MaxLayerWidth = 4096;

    public string Preset { get; init; } = "vae";

    public string Data { get; init; } = DatasetCatalog.Names[0];

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 128;

    public int Latent { get; init; } = 20;

    /// <summary>Widths of the hidden layers with commas between them.</summary>
    public string Hidden { get; init; } = "400";

    public string Network { get; init; } = Usual;

    public string Prior { get; init; } = Usual;

    public string Likelihood { get; init; } = Usual;

    public double KlWeight { get; init; } = 1;

    /// <summary>Steps over which the KL weight grows from 0; 0 for none.</summary>
    public int WarmUp { get; init; }

    public double ReconstructionWeight { get; init; } = 1;

    public double LearningRate { get; init; } = 0.001;

    public int Seed { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The form as a preset fills it in.</summary>
    public static TrainingForm Of(string preset)
    {
        var chosen = Presets.Find(Address.Word(preset, "vae", Presets.Names));
        return new TrainingForm
        {
            Preset = chosen.Name,
            Latent = chosen.Model.LatentSize,
            Hidden = string.Join(',', chosen.Model.Network.Hidden),
            KlWeight = chosen.Objective.KlWeight.Final,
            ReconstructionWeight = chosen.Objective.ReconstructionWeight.Final,
        };
    }

    /// <summary>The same with every value clamped; what cannot be read becomes what the preset says.</summary>
    public TrainingForm Clamped()
    {
        var usual = Of(Preset);
        return this with
        {
            Preset = usual.Preset,
            Data = Address.Word(Data, DatasetCatalog.Names[0], DatasetCatalog.Names),
            Epochs = Math.Clamp(Epochs, 1, MaxEpochs),
            BatchSize = Math.Clamp(BatchSize, MinBatchSize, MaxBatchSize),
            Latent = Math.Clamp(Latent, 1, MaxLatent),
            Hidden = Layers(Hidden) ?? usual.Hidden,
            Network = Address.Word(Network, Usual, Networks.Names),
            Prior = Address.Word(Prior, Usual, Priors.Names),
            Likelihood = Address.Word(Likelihood, Usual, Likelihoods.Names),
            KlWeight = Within(KlWeight, 0, MaxWeight, usual.KlWeight),
            WarmUp = Math.Clamp(WarmUp, 0, MaxWarmUp),
            ReconstructionWeight = Within(ReconstructionWeight, 0, MaxWeight, usual.ReconstructionWeight),
            LearningRate = Within(LearningRate, MinLearningRate, MaxLearningRate, usual.LearningRate),
            Seed = Math.Clamp(Seed, 0, Seeds.Max),
            Threads = Math.Clamp(Threads, 1, Environment.ProcessorCount),
        };
    }

    /// <summary>What follows <c>elbo</c> on a command line: what the preset says already is left out.</summary>
    public IReadOnlyList<string> Arguments(string folder)
    {
        var (form, usual) = (Clamped(), Of(Preset));
        List<string> arguments =
        [
            "train", form.Preset, "--data", form.Data, "--epochs", Text(form.Epochs), "--batch-size", Text(form.BatchSize),
            "--learning-rate", Text(form.LearningRate), "--seed", Text(form.Seed), "--threads", Text(form.Threads),
        ];
        Add("--latent", Text(form.Latent), Text(usual.Latent));
        Add("--hidden", form.Hidden, usual.Hidden);
        Add("--network", form.Network, Usual);
        Add("--prior", form.Prior, Usual);
        Add("--likelihood", form.Likelihood, Usual);
        Add("--kl-weight", form.WarmUp > 0 ? $"linear:0:{Text(form.KlWeight)}:{Text(form.WarmUp)}" : Text(form.KlWeight), Text(usual.KlWeight));
        Add("--reconstruction-weight", Text(form.ReconstructionWeight), Text(usual.ReconstructionWeight));
        arguments.AddRange(["--out", folder]);
        return arguments;

        void Add(string option, string value, string already)
        {
            if (value != already)
                arguments.AddRange([option, value]);
        }
    }

    /// <summary>Whether a text is widths of layers.</summary>
    public static bool AreLayers(string? text) => Layers(text) is not null;

    private static string? Layers(string? text)
    {
        var widths = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(width => Address.Whole(width, 0, 0, int.MaxValue)).ToList();
        return widths.Count is > 0 and <= MaxLayerCount && widths.TrueForAll(width => width is > 0 and <= MaxLayerWidth) ? string.Join(',', widths) : null;
    }

    private static double Within(double value, double min, double max, double usual) => double.IsFinite(value) ? Math.Clamp(value, min, max) : usual;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
