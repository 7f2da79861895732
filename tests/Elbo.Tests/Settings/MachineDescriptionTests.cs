namespace Elbo.Tests;

public class MachineDescriptionTests
{
    private static readonly MachineDescription Plain = new()
    {
        Processor = "a processor",
        OperatingSystem = "a system",
        Elbo = "1",
        DotNet = "1",
        TorchSharp = "1",
        LibTorch = "1",
        Threads = 1,
    };

    [Fact]
    public void Variables_that_change_the_last_bits_are_recorded_and_no_others()
    {
        var set = new Dictionary<string, string?>
        {
            ["OMP_NUM_THREADS"] = "2",
            ["MKL_CBWR"] = "AVX2,STRICT",
            ["ATEN_CPU_CAPABILITY"] = "",
            ["OMP_WAIT_POLICY"] = "passive",
            ["SECRET"] = "x",
        };
        Assert.Equal(["MKL_CBWR=AVX2,STRICT", "OMP_NUM_THREADS=2"], NumericEnvironment.Read(set.GetValueOrDefault)!);
        Assert.Null(NumericEnvironment.Read(_ => null));
    }

    [Fact]
    public void A_record_without_such_variables_has_the_same_bytes_as_before()
    {
        Assert.DoesNotContain("environment", Json.Write(Record(Plain)), StringComparison.OrdinalIgnoreCase);
        var record = Record(Plain with { EnvironmentVariables = ["MKL_CBWR=COMPATIBLE"] });
        Assert.Contains("\"environmentVariables\": [", Json.Write(record), StringComparison.Ordinal);
        Assert.Equal(["MKL_CBWR=COMPATIBLE"], Json.Read<RunRecord>(Json.Write(record), "run.json").Machine.EnvironmentVariables!);
    }

    [Fact]
    public void Each_variable_that_differs_is_named()
    {
        var then = Plain with { EnvironmentVariables = ["MKL_CBWR=AVX2", "OMP_NUM_THREADS=2", "nonsense", "nonsense"] };
        var now = Plain with { EnvironmentVariables = ["MKL_CBWR=COMPATIBLE", "OMP_NUM_THREADS=2", "nonsense"] };
        Assert.Equal(["MKL_CBWR (AVX2 then, COMPATIBLE now)"], now.DifferencesFrom(then));
        Assert.Equal(
            ["MKL_CBWR (not set then, AVX2 now)", "OMP_NUM_THREADS (not set then, 2 now)", "nonsense (not set then, nonsense now)"],
            then.DifferencesFrom(Plain));
        Assert.Empty(then.DifferencesFrom(then with { OperatingSystem = "another" }));
    }

    private static RunRecord Record(MachineDescription machine) => new()
    {
        State = RunState.Finished,
        Machine = machine,
        Seed = 0,
        Dataset = new DatasetRecord("mnist", "00", null),
        StartedAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
    };
}
