namespace Elbo;

/// <summary>Learning rate schedules: each maps the completed fraction of a run to a factor on the learning rate.</summary>
public static class LearningRateSchedules
{
    /// <summary>The learning rate does not change.</summary>
    public const string Constant = "constant";

    /// <summary>It falls along a line to zero at the end of the run.</summary>
    public const string Linear = "linear";

    /// <summary>It falls along half a cosine to zero at the end of the run (Loshchilov and Hutter 2017, without restarts).</summary>
    public const string Cosine = "cosine";

    private static readonly Registry<Func<double, double>> Registry = new("learning rate schedule")
    {
        [Constant] = _ => 1,
        [Linear] = done => 1 - done,
        [Cosine] = done => (1 + Math.Cos(Math.PI * done)) / 2,
    };

    /// <summary>Their names, for <see cref="TrainerOptions.LearningRateSchedule"/>.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The learning rate of a step, counted from 0; a decaying schedule reaches zero after the last step.</summary>
    internal static double At(TrainerOptions options, long step, long totalSteps) =>
        options.LearningRate * Registry.Find(options.LearningRateSchedule)((double)step / totalSteps);

    /// <summary>The name as it is registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);
}
