using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>The folder of a run, which is trained, or resumed where that was begun.</summary>
/// <param name="folder">The folder.</param>
/// <param name="row">The id of the row that it is for.</param>
/// <param name="seed">The seed.</param>
/// <param name="arguments">The arguments of <c>elbo train</c> without the seed and the folder.</param>
/// <param name="elbo">The program.</param>
internal sealed class TrainedRun(string folder, string row, int seed, IReadOnlyList<string> arguments, ElboProgram elbo)
{
    public string Folder => folder;

    /// <summary>Trains the run unless it is finished.</summary>
    /// <param name="prepare">Makes what a new training needs.</param>
    public void Complete(Action prepare)
    {
        var record = Path.Combine(folder, "run.json");
        var run = File.Exists(record) ? Read("run.json") : null;
        if (run is not null)
            RequireOwn(run["commandLine"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        var state = run?["state"]!.GetValue<string>();
        if (state == "finished")
            return;
        if (state is not null && File.Exists(Path.Combine(folder, "checkpoints", "last.safetensors")))
        {
            elbo.Run(["resume", folder]);
            return;
        }

        // The run was killed before its first checkpoint, so it cannot be resumed and is deleted.
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        prepare();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        elbo.Run(["train", .. arguments, "--seed", $"{seed}", "--out", folder]);
    }

    /// <summary>Reads a JSON file of the run.</summary>
    public JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file)))!;

    /// <summary>The minutes of all epochs, without pauses.</summary>
    public double Minutes() => Math.Round(
        File.ReadLines(Path.Combine(folder, "timings.csv"))
            .Skip(1)
            .Sum(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)) / 60,
        1);

    // A run with outdated settings must not be used for a row whose settings have changed.
    private void RequireOwn(IEnumerable<string> commandLine)
    {
        if (!Settings(commandLine.SkipWhile(argument => argument != "train").Skip(1)).SequenceEqual(Settings(arguments)))
            throw new CommandFailedException($"{folder} was trained by a command other than that of row {row}: move it away.", 2);
    }

    // Folders may have been moved, and are compared by their names.
    private static IEnumerable<string> Settings(IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        return all.Where((argument, index) => !IsRunSpecific(argument) && (index == 0 || !IsRunSpecific(all[index - 1])))
            .Select(argument => argument.Contains('/', StringComparison.Ordinal) ? Path.GetFileName(argument) : argument)
            .Order(StringComparer.Ordinal);

        static bool IsRunSpecific(string argument) => argument is "--seed" or "--out";
    }
}
