namespace Elbo;

/// <summary>How the step size falls over a run: each schedule maps the share of the run that is done to a factor on the learning rate.</summary>
internal static class LearningRateSchedules
{
    public const string Constant = "constant";

    private static readonly Registry<Func<double, double>> Registry = new("learning rate schedule")
    {
        [Constant] = _ => 1,
        ["linear"] = done => 1 - done,
        // Half a cosine (Loshchilov and Hutter 2017, without restarts).
        ["cosine"] = done => (1 + Math.Cos(Math.PI * done)) / 2,
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The rate of a step, counted from 0, of a run of so many steps; it falls to nothing only after the last.</summary>
    public static double At(TrainerOptions options, long step, long totalSteps) =>
        options.LearningRate * Registry.Find(options.LearningRateSchedule)((double)step / totalSteps);

    /// <summary>Refuses the name of a schedule that there is not.</summary>
    public static void Require(string name) => _ = Registry.Find(name);
}
