using System.Globalization;

namespace Elbo.Studio;

/// <summary>
/// The settings with which a page starts a training. Whatever a client sends, every value is restricted to an allowed choice or range.
/// </summary>
internal sealed record TrainingForm
{
    /// <summary>Represents the default of the preset.</summary>
    public const string PresetDefault = "";

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

    /// <summary>The id of the data (<see cref="DataCatalogue"/>).</summary>
    public string Data { get; init; } = Datasets.Mnist;

    /// <summary>What the model is conditioned on; used by conditional presets alone.</summary>
    public ConditionChoice Condition { get; init; } = new();

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 128;

    public int Latent { get; init; } = 20;

    /// <summary>The widths of the hidden layers, separated by commas.</summary>
    public string Hidden { get; init; } = "400";

    public string Network { get; init; } = PresetDefault;

    public string Prior { get; init; } = PresetDefault;

    public string Likelihood { get; init; } = PresetDefault;

    public double KlWeight { get; init; } = 1;

    /// <summary>The number of warm-up steps over which the KL weight increases from 0; 0 for none.</summary>
    public int WarmUp { get; init; }

    public double ReconstructionWeight { get; init; } = 1;

    public double LearningRate { get; init; } = 0.001;

    public int Seed { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The form with the values of a preset.</summary>
    public static TrainingForm Of(string preset)
    {
        var chosen = Presets.Find(Address.OneOf(preset, "vae", Presets.Names));
        return new TrainingForm
        {
            Preset = chosen.Name,
            Latent = chosen.Model.LatentSize,
            Hidden = string.Join(',', chosen.Model.Network.Hidden),
            Condition = ConditionChoice.Of(chosen.Model.Condition),
            KlWeight = chosen.Objective.KlWeight.Final,
            ReconstructionWeight = chosen.Objective.ReconstructionWeight.Final,
        };
    }

    /// <summary>Whether the preset is conditional.</summary>
    public bool IsConditional => Presets.Find(Address.OneOf(Preset, "vae", Presets.Names)).Model.Condition is not null;

    /// <summary>A copy for other data: where that lacks what the preset is conditioned on, on what it has.</summary>
    public TrainingForm On(DataEntry data, DataFacts? facts)
    {
        var preset = Of(Preset).Condition;
        var isOnLabels = preset.OnLabel && facts is { LabelCount: 0, Attributes.Count: > 0 };
        return this with { Data = data.Id, Condition = isOnLabels ? new ConditionChoice(OnAttributes: true) : preset };
    }

    /// <summary>
    /// Why no training can start with these settings on this data, as the name of a text in the language of the page; null if nothing is
    /// known against it.
    /// </summary>
    public string? FindProblem(DataFacts facts)
    {
        var form = Clamped();
        return form.IsConditional ? form.Condition.FindProblem(facts) : null;
    }

    /// <summary>A copy with all values clamped; invalid text is replaced by the value of the preset.</summary>
    public TrainingForm Clamped()
    {
        var preset = Of(Preset);
        return this with
        {
            Preset = preset.Preset,
            Data = DataEntry.IsId(Data) ? Data : Datasets.Mnist,
            Condition = preset.IsConditional ? Condition.Clamped() : preset.Condition,
            Epochs = Math.Clamp(Epochs, 1, MaxEpochs),
            BatchSize = Math.Clamp(BatchSize, MinBatchSize, MaxBatchSize),
            Latent = Math.Clamp(Latent, 1, MaxLatent),
            Hidden = Layers(Hidden) ?? preset.Hidden,
            Network = Address.OneOf(Network, PresetDefault, Networks.Names),
            Prior = Address.OneOf(Prior, PresetDefault, Priors.Names),
            Likelihood = Address.OneOf(Likelihood, PresetDefault, Likelihoods.Names),
            KlWeight = Within(KlWeight, 0, MaxWeight, preset.KlWeight),
            WarmUp = Math.Clamp(WarmUp, 0, MaxWarmUp),
            ReconstructionWeight = Within(ReconstructionWeight, 0, MaxWeight, preset.ReconstructionWeight),
            LearningRate = Within(LearningRate, MinLearningRate, MaxLearningRate, preset.LearningRate),
            Seed = Math.Clamp(Seed, 0, Seeds.Max),
            Threads = Math.Clamp(Threads, 1, Environment.ProcessorCount),
        };
    }

    /// <summary>The arguments of the <c>elbo</c> command; values that equal those of the preset are omitted.</summary>
    /// <param name="data">The data with the id of this form.</param>
    /// <param name="facts">What it is; null if it cannot be read.</param>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="path">How paths are written; null for as they are.</param>
    public IReadOnlyList<string> Arguments(DataEntry data, DataFacts? facts, string folder, Func<string, string>? path = null)
    {
        path ??= full => full;
        var (form, preset) = (Clamped(), Of(Preset));
        List<string> arguments =
        [
            "train", form.Preset, "--data", data.Folder is { } source ? path(source) : data.Source,
            "--epochs", Text(form.Epochs), "--batch-size", Text(form.BatchSize),
            "--learning-rate", Text(form.LearningRate), "--seed", Text(form.Seed), "--threads", Text(form.Threads),
        ];
        Add("--latent", Text(form.Latent), Text(preset.Latent));
        Add("--hidden", form.Hidden, preset.Hidden);
        Add("--network", form.Network, PresetDefault);
        Add("--prior", form.Prior, PresetDefault);
        Add("--likelihood", form.Likelihood, PresetDefault);
        Add(
            "--kl-weight",
            form.WarmUp > 0 ? $"linear:0:{Text(form.KlWeight)}:{Text(form.WarmUp)}" : Text(form.KlWeight),
            Text(preset.KlWeight));
        Add("--reconstruction-weight", Text(form.ReconstructionWeight), Text(preset.ReconstructionWeight));
        Add("--condition", form.Condition.Text, preset.Condition.Text);
        if (form.Condition.OnAttributes && facts?.Tables is { } tables)
            arguments.AddRange(tables.Options(form.Condition.Chosen(facts), facts.Attributes, path));
        arguments.AddRange(["--out", path(folder)]);
        return arguments;

        void Add(string option, string value, string presetValue)
        {
            if (value != presetValue)
                arguments.AddRange([option, value]);
        }
    }

    /// <summary>Whether a text is a valid list of layer widths.</summary>
    public static bool AreLayers(string? text) => Layers(text) is not null;

    private static string? Layers(string? text)
    {
        var widths = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(width => Address.Integer(width, 0, 0, int.MaxValue)).ToList();
        return widths.Count is > 0 and <= MaxLayerCount && widths.TrueForAll(width => width is > 0 and <= MaxLayerWidth)
            ? string.Join(',', widths)
            : null;
    }

    private static double Within(double value, double min, double max, double fallback) =>
        double.IsFinite(value) ? Math.Clamp(value, min, max) : fallback;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
