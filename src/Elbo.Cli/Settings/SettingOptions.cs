namespace Elbo.Cli;

/// <summary>The options of <c>train</c> that set settings. A new option is one line here.</summary>
internal static class SettingOptions
{
    public static IReadOnlyList<SettingOption> Create() =>
    [
        SettingOption.String(
            "--data",
            "data.source",
            "NAME|DIR",
            $"A dataset ({string.Join(", ", Datasets.Names)}) or a folder with four IDX files, or with train and test tables."),
        SettingOption.String(
            "--attributes",
            "data.attributes",
            "FILE",
            "Attributes of the training images, one row per image: a CSV file with a header, or .npy."),
        SettingOption.String("--test-attributes", "data.testAttributes", "FILE", "Attributes of the test images."),
        SettingOption.StringList(
            "--attribute-columns", "data.attributeColumns", "A,B", "The columns to use from both attribute files; all by default."),
        SettingOption.Integer("--validation", "data.validation", "N", "Training examples held out to select the best epoch; 0 for none."),
        SettingOption.String(
            "--binarize",
            "data.binarize",
            "none|static|dynamic",
            "Whether to binarize grey pixels by sampling: never, once, or again in every epoch."),
        SettingOption.Integer(
            "--epochs",
            "training.epochs",
            "N",
            "Number of passes over the training data; by default 20, and on small data as many as make 1,000 steps, at most 200."),
        SettingOption.Integer("--batch-size", "training.batchSize", "N", "Number of examples per step."),
        SettingOption.Number("--learning-rate", "training.learningRate", "X", "The learning rate of Adam."),
        SettingOption.String(
            "--learning-rate-schedule",
            "training.learningRateSchedule",
            Names(LearningRateSchedules.Names),
            "How the learning rate decays over the run."),
        SettingOption.Number(
            "--averaging", "training.averaging", "D", "Decay of the exponential moving average of the weights; 0 for none."),
        SettingOption.Integer("--latent", "model.latentSize", "N", "Number of latent dimensions."),
        SettingOption.IntegerList(
            "--hidden", "model.network.hidden", "N,N", "Widths of the encoder's hidden layers; the decoder mirrors them."),
        SettingOption.String("--network", "model.network.kind", Names(Networks.Names), "The network architecture."),
        SettingOption.String(
            "--activation",
            "model.network.activation",
            "NAME",
            $"The activation between layers: {string.Join(", ", Activations.Names)}."),
        SettingOption.String(
            "--prior",
            "model.prior",
            Names(Priors.Names),
            "p(z|c): N(0, I), N(mu(c), I) or N(mu(c), diag sigma²(c)); without a condition also a learned mixture of Gaussians, or of the "
                + "posteriors at learned pseudo-inputs."),
        SettingOption.String(
            "--posterior",
            "model.posterior",
            Names(Posteriors.Names),
            "q(z|x,c); prior to sample z from p(z|c) (GSNN), none for a model without latent variables."),
        SettingOption.String(
            "--likelihood",
            "model.likelihood",
            Names(Likelihoods.Names),
            "p(x|z,c); the last two are distributions over 256 grey levels."),
        SettingOption.Number("--sigma", "model.sigma", "X", "Sigma of a Gaussian likelihood, or its initial value if it is learned."),
        SettingOption.Condition(
            "--condition",
            "model.condition",
            "CONDITION",
            $"What the model is conditioned on: {string.Join(", ", ConditionText.Forms)}; join several with +."),
        SettingOption.IntegerList(
            "--prior-hidden", "model.network.priorHidden", "N,N", "Widths of the hidden layers of the prior network."),
        SettingOption.EnableFlag(
            "--condition-skip", "model.network.conditionSkip", "Add an affine function of the condition to the decoder output."),
        SettingOption.Integer(
            "--prior-components", "model.priorComponents", "K", "Number of components of the prior mixture (10 by default) or vamp (100)."),
        SettingOption.DisableFlag(
            "--no-decoder-condition", "model.conditionDecoder", "Do not pass the condition to the decoder: only the prior depends on it."),
        SettingOption.String("--objective", "objective.kind", Names(Objectives.Names), "The objective to minimise."),
        SettingOption.Number(
            "--bound-share", "objective.boundShare", "A", "The weight of the bound in the objective hybrid, between 0 and 1."),
        SettingOption.Integer(
            "--samples",
            "objective.samples",
            "K",
            "Number of samples of z over which the reconstruction is averaged; the k of the objective iwae."),
        SettingOption.String(
            "--kl-weight",
            "objective.klWeight",
            "B",
            "The weight of the KL term: 4, linear:FROM:TO:STEPS or cyclical:FROM:TO:PERIOD:CYCLES."),
        SettingOption.String(
            "--reconstruction-weight", "objective.reconstructionWeight", "B", "The weight of the reconstruction, in the same forms."),
        SettingOption.Number(
            "--free-bits", "objective.freeBits", "X", "Free bits: nats per latent dimension below which its KL is not penalised."),
        SettingOption.String(
            "--capacity",
            "objective.capacity",
            "C",
            "The target of the KL in nats for the objective capacity, as a number or a schedule."),
        SettingOption.Integer("--seed", "training.seed", "N", "The seed of all random numbers."),
        SettingOption.String(
            "--start-from",
            "training.startFrom",
            "RUN",
            "A run of the same model whose best weights are the initial weights; random by default."),
        SettingOption.Integer("--threads", "training.threads", "N", "Number of threads of libtorch; 0 for one per core."),
        SettingOption.String("--device", "training.device", CommonOptions.DeviceNames, "The device to compute on; cuda is the first GPU."),
        SettingOption.Integer(
            "--checkpoint-every", "training.checkpointEvery", "STEPS", "Also save a checkpoint within epochs, every STEPS steps."),
        SettingOption.DisableFlag(
            "--keep-denormals", "training.flushDenormals", "Compute with numbers below 1e-38 exactly, which can be much slower."),
        SettingOption.DisableFlag("--no-sample-pages", "training.samplePages", "Draw no page of samples after each epoch."),
    ];

    private static string Names(IEnumerable<string> names) => string.Join('|', names);
}
