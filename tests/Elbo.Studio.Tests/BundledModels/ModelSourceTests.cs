using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Elbo.Cli;

namespace Elbo.Studio.Tests;

/// <summary>What the pages copy as a command and as C#, read by the program and by the compiler.</summary>
public sealed class ModelSourceTests(OwnRuns runs) : IClassFixture<OwnRuns>, IDisposable
{
    private static readonly BundledModels Bundled = BundledModels.Open();
    private readonly ModelStore _store = new(Bundled, new MnistImages(), new RunCatalogue([runs.Root]));

    public void Dispose() => _store.Dispose();

    public static TheoryData<string> Models => [.. Bundled.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_command_is_read_as_the_settings_that_the_bundled_model_was_trained_with(string id)
    {
        var model = Bundled.Find(id);
        var command = ModelSource.Command(model).Split(' ');
        Assert.Equal(["elbo", "train"], command[..2]);
        Assert.Empty(CommandLine.CreateRoot().Parse(command[1..]).Errors);

        var settings = SettingOptions.Create();
        var train = new Command("train");
        foreach (var setting in settings)
            train.Options.Add(setting.Option);
        var configuration = RunConfigurationBuilder.Apply(
            RunConfigurationBuilder.LoadBase(command[2]), settings, train.Parse(command[3..]), []);
        configuration = RunConfigurationBuilder.AdaptTo(configuration, Digits());

        var expected = model.Configuration;
        // What the command leaves open: the likelihood follows from the values of MNIST.
        var actual = configuration.Model with
        {
            Likelihood = expected.Model.Likelihood,
            Prior = configuration.Model.Prior ?? Priors.Standard,
        };
        Assert.Equal(expected.Model, actual);
        Assert.Equal(expected.Objective, configuration.Objective);
        // The command flushes denormals today, which changes last bits.
        Assert.Equal(expected.Training with { FlushDenormals = true }, configuration.Training);
        Assert.Equal(expected.Data, configuration.Data);
    }

    [Fact]
    public async Task The_programs_name_the_library_in_a_checkout_and_compile_for_every_model_and_run()
    {
        var checkout = Checkout();
        Assert.True(File.Exists(Path.Combine(checkout, ModelSource.Project)));
        // What differs is in the statements: all of them are compiled as one program, each in a block of its own.
        List<string> codes = [.. Bundled.All.Select(model => ModelSource.Code(model, Images(model)))];
        foreach (var name in OwnRuns.Names)
            codes.AddRange(Programs(await _store.Open(runs.IdOf(name))));
        var programs = codes.ConvertAll(each => each.Split("using Elbo;\n"));
        Assert.All(programs, program => Assert.Contains($"\n#:project {ModelSource.Project}\n", program[0]));
        var code = $"{programs[0][0]}using Elbo;\n{string.Join('\n', programs.Select(program => $"{{{program[1]}}}"))}\n";

        var folder = Directory.CreateTempSubdirectory("elbo-program-");
        try
        {
            // Outside of the checkout, so that building it changes nothing there.
            var file = Path.Combine(folder.FullName, "program.cs");
            File.WriteAllText(file, code.Replace(ModelSource.Project, Path.Combine(checkout, ModelSource.Project)));
            var (exitCode, output) = Build(file);
            Assert.True(exitCode == 0, output);
            Assert.Contains("program.dll", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Programs(OpenModel opened)
    {
        var condition = new ChosenCondition(3, 1, "0.7,5").For(opened);
        yield return SampleSource.Code(opened, condition, seed: 2)!;
        yield return SampleSource.DecodeCode(opened, condition, new double[opened.LatentSize])!;
        yield return LedgerSource.Code(LedgerView.Of(opened, LedgerState.Parse([], opened.Id, "4", null, "1", "7"), null));
    }

    private static string Images(BundledModel model) => model switch
    {
        { HasLabel: true } => "model.Sample(64, label: 6, seed: 1)",
        { VisibleRegion: not null } => "Completions.Of(model, mnist.Test.Subset([3]), 12, seed: 1).Drawn",
        { IsAutoencoder: true } => "model.Decode(new LatentCodes(2, [0.5f, -1f]))",
        _ => "model.Sample(64, seed: 1)",
    };

    private static (int ExitCode, string Output) Build(string file)
    {
        // The library is there, because these tests use it.
        string[] arguments =
            ["build", file, "-c", Configuration, "-p:BuildProjectReferences=false", "-p:UseSharedCompilation=false"];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(file),
        };
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("Debug", StringComparison.Ordinal) ? "Debug" : "Release";

    private static Dataset Digits() => new("digits", Some(), Some());

    // A digit of each label, with values that are no other than those of MNIST.
    private static ImageDataset Some() =>
        new(MnistImages.Shape, new byte[10 * 784], Enumerable.Range(0, 10).ToArray());

    private static string Checkout([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
