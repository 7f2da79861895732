using Elbo.Studio;
using TorchSharp;

namespace Elbo.Cli;

/// <summary>Loads a run for use of its model, with the number of threads it was trained with.</summary>
internal static class RunLoader
{
    public static Run Load(string folder, string device = Devices.Cpu)
    {
        var directory = RunDirectory.Open(folder);
        TorchThreads.SetUpToCoreCount(directory.ReadConfiguration().Training.Threads);
        WarnOfOtherPlugins(directory);
        return Open(folder, device: device);
    }

    /// <summary>Opens a run of a model with one code.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="weights">The checkpoint whose weights the model gets.</param>
    /// <param name="device">The device of the model, and of a training that resumes; null for that of the run's own training.</param>
    /// <exception cref="SettingsException">Its model has another structure.</exception>
    public static Run Open(string folder, CheckpointKind weights = CheckpointKind.Best, string? device = null)
    {
        var run = Run.Load(folder, weights: weights, device: device);
        if (run.GenerativeModel is LatentVariableModel)
            return run;
        var type = run.Configuration.Model.CustomType;
        run.Dispose();
        throw new SettingsException(
            $"The run {folder} has a model of another structure ({type}), which the commands of elbo do not know: use it in a program of "
            + "your own, with Run.Load(folder).");
    }

    /// <summary>Warns on stderr if other plug-ins are loaded than the run was trained with.</summary>
    public static void WarnOfOtherPlugins(RunDirectory directory)
    {
        if (directory.PluginDifference is { } difference)
            Console.Error.WriteLine($"Warning: {PrintableText.Of(difference)}");
    }

    /// <summary>
    /// Returns the label condition of the model; throws an error that names the option if the model has another condition or none.
    /// </summary>
    public static LabelCondition EnsureLabels(this Run run, string option) => run.Model.Condition as LabelCondition
        ?? throw new SettingsException(
            $"The model of {run.Folder} is not conditioned on labels: omit {option}, or train a cvae.");

    /// <summary>The positions in a split of examples that are named by their index in the data as given.</summary>
    public static int[] PositionsOf(this ExampleSet examples, params ReadOnlySpan<int> indices)
    {
        var all = examples.Indices.Span;
        var positions = new int[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            positions[i] = all.IndexOf(indices[i]);
            if (positions[i] < 0)
            {
                throw new SettingsException(
                    all.Length == all[^1] + 1
                        ? $"Example {indices[i]} does not exist: this split has the examples 0 to {all[^1]}."
                        : $"Example {indices[i]} is not in this split, which has {all.Length} examples from {all[0]} to {all[^1]}: choose "
                            + "one of those, or another --split.");
            }
        }

        return positions;
    }
}
