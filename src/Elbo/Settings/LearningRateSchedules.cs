namespace Elbo;

/// <summary>Learning rate schedules: each maps the completed fraction of a run to a factor on the learning rate.</summary>
public static class LearningRateSchedules
{
    /// <summary>The learning rate does not change.</summary>
    public const string Constant = "constant";

    private static readonly Registry<Func<double, double>> Registry = new("learning rate schedule")
    {
        [Constant] = _ => 1,
        ["linear"] = done => 1 - done,
        // Half a cosine (Loshchilov and Hutter 2017, without restarts).
        ["cosine"] = done => (1 + Math.Cos(Math.PI * done)) / 2,
    };

    /// <summary>Their names, for <see cref="TrainerOptions.LearningRateSchedule"/>.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The learning rate of a step, counted from 0; a decaying schedule reaches zero after the last step.</summary>
    internal static double At(TrainerOptions options, long step, long totalSteps) =>
        options.LearningRate * Registry.Find(options.LearningRateSchedule)((double)step / totalSteps);

    /// <summary>Rejects the name of an unknown schedule.</summary>
    internal static void EnsureExists(string name) => _ = Registry.Find(name);
}
