namespace Elbo;

/// <summary>What settings are where a configuration does not state them, as <see cref="SettingsCompletion"/> needs it.</summary>
internal static class SettingsDefaults
{
    private static readonly Dictionary<Type, object> ByType = new object[]
    {
        // What is required in JSON is not taken from here.
        new RunConfiguration { Model = new() },
        new DataConfiguration(),
        new ModelOptions(),
        new NetworkOptions(),
        new ObjectiveOptions(),
        new TrainerOptions(),
        new RunRecord { Machine = null!, Dataset = null!, Seed = 0, State = default, StartedAt = default },
        new CalibrationRecord
        {
            Threshold = null!,
            Score = null!,
            Samples = 0,
            Seed = 0,
            Binarize = default,
            DataSha256 = null!,
            WeightsSha256 = null!,
        },
        new AnomalyThreshold { FalsePositiveRate = 0, Value = 0, RateLow = 0, RateHigh = 0, Count = 0 },
        new MachineDescription
        {
            Processor = null!,
            OperatingSystem = null!,
            Elbo = null!,
            DotNet = null!,
            TorchSharp = null!,
            LibTorch = null!,
            Threads = 0,
        },
    }.ToDictionary(settings => settings.GetType());

    /// <summary>The defaults of a type; null for one whose defaults are the parameters of its constructor.</summary>
    public static object? Of(Type type) => ByType.GetValueOrDefault(type);
}
