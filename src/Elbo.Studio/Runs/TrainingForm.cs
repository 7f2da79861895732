using System.Globalization;

namespace Elbo.Studio;

/// <summary>What a training is started with from the page. Every value is one of a few or within bounds, whatever a client sends.</summary>
internal sealed record TrainingForm
{
    /// <summary>Stands for what the preset says.</summary>
    public const string Usual = "";

    public string Preset { get; init; } = "vae";

    public string Data { get; init; } = DatasetCatalog.Names[0];

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 128;

    public int Latent { get; init; } = 20;

    public string Network { get; init; } = Usual;

    public string Prior { get; init; } = Usual;

    public string Likelihood { get; init; } = Usual;

    public double KlWeight { get; init; } = 1;

    /// <summary>Steps over which the KL weight grows from 0; 0 for none.</summary>
    public int WarmUp { get; init; }

    public double LearningRate { get; init; } = 0.001;

    public int Seed { get; init; }

    public int Threads { get; init; } = 1;

    /// <summary>The same with every value clamped.</summary>
    public TrainingForm Clamped() => this with
    {
        Preset = Address.Word(Preset, "vae", Presets.Names),
        Data = Address.Word(Data, DatasetCatalog.Names[0], DatasetCatalog.Names),
        Epochs = Math.Clamp(Epochs, 1, 1000),
        BatchSize = Math.Clamp(BatchSize, 8, 4096),
        Latent = Math.Clamp(Latent, 1, 512),
        Network = Address.Word(Network, Usual, Networks.Names),
        Prior = Address.Word(Prior, Usual, Priors.Names),
        Likelihood = Address.Word(Likelihood, Usual, Likelihoods.Names),
        KlWeight = double.IsFinite(KlWeight) ? Math.Clamp(KlWeight, 0, 1000) : 1,
        WarmUp = Math.Clamp(WarmUp, 0, 1_000_000),
        LearningRate = double.IsFinite(LearningRate) ? Math.Clamp(LearningRate, 1e-6, 0.1) : 0.001,
        Seed = Math.Clamp(Seed, 0, Seeds.Most),
        Threads = Math.Clamp(Threads, 1, Environment.ProcessorCount),
    };

    /// <summary>What follows <c>elbo</c> on a command line.</summary>
    public IReadOnlyList<string> Arguments(string folder)
    {
        var form = Clamped();
        List<string> words =
        [
            "train", form.Preset, "--data", form.Data, "--epochs", Text(form.Epochs), "--batch-size", Text(form.BatchSize), "--latent", Text(form.Latent),
            "--learning-rate", Text(form.LearningRate), "--seed", Text(form.Seed), "--threads", Text(form.Threads),
        ];
        Add("--network", form.Network);
        Add("--prior", form.Prior);
        Add("--likelihood", form.Likelihood);
        if (form.WarmUp > 0)
            Add("--kl-weight", $"linear:0:{Text(form.KlWeight)}:{Text(form.WarmUp)}");
        else if (form.KlWeight != 1)
            Add("--kl-weight", Text(form.KlWeight));
        words.AddRange(["--out", folder]);
        return words;

        void Add(string option, string value)
        {
            if (value != Usual)
                words.AddRange([option, value]);
        }
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
