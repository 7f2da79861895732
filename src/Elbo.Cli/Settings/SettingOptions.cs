namespace Elbo.Cli;

/// <summary>The flags of <c>train</c> that stand for settings. A new one is one line here.</summary>
internal static class SettingOptions
{
    public static IReadOnlyList<SettingOption> Create() =>
    [
        SettingOption.Text(
            "--data", "data.source", "NAME|DIR", $"A dataset ({string.Join(", ", DatasetCatalog.Names)}) or a folder with four IDX files."),
        SettingOption.Text(
            "--attributes", "data.attributes", "FILE", "Attributes of the training images, one row each: a CSV file with a header, or .npy."),
        SettingOption.Text("--test-attributes", "data.testAttributes", "FILE", "The same of the test images."),
        SettingOption.TextList("--attribute-columns", "data.attributeColumns", "A,B", "The columns of both that are taken; all by default."),
        SettingOption.Whole("--validation", "data.validation", "N", "Training examples held out to choose the best epoch; 0 for none."),
        SettingOption.Text(
            "--binarize",
            "data.binarize",
            "none|static|dynamic",
            "Whether grey pixels are drawn to zeros and ones, once or anew in each epoch."),
        SettingOption.Whole("--epochs", "training.epochs", "N", "Passes over the training data."),
        SettingOption.Whole("--batch-size", "training.batchSize", "N", "Examples in a step."),
        SettingOption.Real("--learning-rate", "training.learningRate", "X", "The step size of Adam."),
        SettingOption.Text(
            "--learning-rate-schedule", "training.learningRateSchedule", Names(LearningRateSchedules.Names), "How it falls over the run."),
        SettingOption.Real("--averaging", "training.averaging", "D", "Decay of an average of the weights over the steps; 0 for none."),
        SettingOption.Whole("--latent", "model.latentSize", "N", "Dimensions of the latent code."),
        SettingOption.WholeList("--hidden", "model.network.hidden", "N,N", "Widths of the hidden layers, from the image to the code."),
        SettingOption.Text("--network", "model.network.kind", Names(Networks.Names), "The kind of network."),
        SettingOption.Text("--activation", "model.network.activation", "NAME", $"Between layers: {string.Join(", ", Activations.Names)}."),
        SettingOption.Text("--prior", "model.prior", Names(Priors.Names), "p(z|c): N(0, I), N(mu(c), I) or N(mu(c), diag sigma²(c)); without a condition a learned mixture of Gaussians, or of the posteriors at learned pseudo-inputs."),
        SettingOption.Text(
            "--posterior", "model.posterior", Names(Encoders.Names), "q(z|x,c); prior for codes drawn from p(z|c) (GSNN), none for no code at all."),
        SettingOption.Text("--likelihood", "model.likelihood", Names(Likelihoods.Names), "p(x|z,c); the last two are over 256 levels."),
        SettingOption.Real("--sigma", "model.sigma", "X", "Sigma of a Gaussian likelihood, or the one from which it is learned."),
        SettingOption.Condition(
            "--condition",
            "model.condition",
            "CONDITION",
            $"What the model is conditioned on: {string.Join(", ", ConditionText.Forms)}; several with + between them."),
        SettingOption.WholeList(
            "--prior-hidden", "model.network.priorHidden", "N,N", "Widths of hidden layers between the condition and the prior's parameters."),
        SettingOption.On(
            "--condition-skip", "model.network.conditionSkip", "Add an affine function of the condition to what the decoder answers."),
        SettingOption.Whole(
            "--prior-components", "model.priorComponents", "K", "Components of the prior mixture (10 by default) or vamp (100)."),
        SettingOption.Off(
            "--no-decoder-condition", "model.conditionDecoder", "Hide the condition from the decoder: the prior alone carries it."),
        SettingOption.Text("--objective", "objective.kind", Names(Objectives.Names), "What is minimised."),
        SettingOption.Real("--bound-share", "objective.boundShare", "A", "The share of the bound in the objective hybrid, between 0 and 1."),
        SettingOption.Whole(
            "--samples", "objective.samples", "K", "Draws of z over which the reconstruction is averaged; the k of the objective iwae."),
        SettingOption.Text(
            "--kl-weight",
            "objective.klWeight",
            "B",
            "A weight on the KL term: 4, linear:FROM:TO:STEPS or cyclical:FROM:TO:PERIOD:CYCLES."),
        SettingOption.Text(
            "--reconstruction-weight", "objective.reconstructionWeight", "B", "A weight on the reconstruction, in the same forms."),
        SettingOption.Real("--free-bits", "objective.freeBits", "X", "Nats that each latent dimension may cost for free."),
        SettingOption.Text("--capacity", "objective.capacity", "C", "Nats at which the objective capacity holds the KL, as a number or a schedule."),
        SettingOption.Whole("--seed", "training.seed", "N", "The seed of everything that is drawn."),
        SettingOption.Text(
            "--start-from",
            "training.startFrom",
            "RUN",
            "A run of the same model whose best weights are the first ones; drawn anew by default."),
        SettingOption.Whole("--threads", "training.threads", "N", "Threads of libtorch; 0 for one per core."),
        SettingOption.Text("--device", "training.device", Names(Devices.Names), "Where to compute."),
        SettingOption.Whole("--checkpoint-every", "training.checkpointEvery", "STEPS", "Save a checkpoint within epochs, too."),
    ];

    private static string Names(IEnumerable<string> names) => string.Join('|', names);
}
