using System.Globalization;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// One safetensors file with everything a run needs to resume: weights under their own names, the optimizer's moments and the running sums
/// of the epoch under prefixes, the position and the rest as metadata. Nothing in it depends on the clock.
/// </summary>
internal static class Checkpoint
{
    private const string OptimizerPrefix = "optimizer.";
    private const string EpochPrefix = "epoch.";
    private const string AveragePrefix = "average.";
    private const string SumsName = EpochPrefix + "running_sums";
    private const int MaxProcesses = 1 << 16;
    private const string Format = "elbo-checkpoint-2";

    // Its weights can be used; a training cannot resume from it, because its noise came from other generators.
    private const string FormerFormat = "elbo-checkpoint-1";

    public static void Save(string path, CheckpointKind kind, GenerativeModel model, CheckpointState state, Action? midway = null)
    {
        using var scope = NewDisposeScope();
        List<SafetensorsEntry> entries = [.. model.NamedState().Select(named => TensorEntries.FromTensor(named.Name, named.Value))];
        entries.AddRange(state.Optimizer.State.Select(named => TensorEntries.FromTensor(OptimizerPrefix + named.Name, named.Value)));
        entries.AddRange(state.Averages.Select(named => TensorEntries.FromTensor(AveragePrefix + named.Name, named.Value)));
        entries.Add(TensorEntries.FromTensor(SumsName, state.Sums));
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["kind"] = kind.ToString().ToLowerInvariant(),
            ["epoch"] = $"{state.Position.Epoch}",
            ["step"] = $"{state.Position.Step}",
            ["seed"] = $"{state.Seed}",
            ["metrics_length"] = $"{state.MetricsLength}",
            ["metrics_sha256"] = state.MetricsSha256!,
            ["best_epoch"] = $"{state.BestEpoch}",
            ["best_loss"] = state.BestLoss.ToString("R", CultureInfo.InvariantCulture),
            ["objective"] = state.Objective,
            ["configuration"] = state.Configuration,
        };
        RunFile.EnsureWritable(path);
        AtomicFile.Write(
            path,
            stream =>
            {
                SafetensorsFile.Write(stream, entries, metadata, withChecksum: true);
                midway?.Invoke();
            },
            beforeRename: kind == CheckpointKind.Last ? () => KeepPrevious(path) : null);
    }

    // A kill before the new one has the name leaves the previous one alone, from which a training resumes as well.
    private static void KeepPrevious(string path)
    {
        if (File.Exists(path))
            File.Move(path, RunDirectory.PreviousCheckpointOf(path), overwrite: true);
    }

    /// <summary>How many numbers the weights of a checkpoint are, by its header.</summary>
    /// <exception cref="InputException">The file is missing or corrupt.</exception>
    public static long CountWeights(string path) => SafetensorsFile.ReadHeader(path).Tensors
        .Where(tensor => !IsOfTraining(tensor.Name))
        .Sum(tensor => (tensor.End - tensor.Begin) / tensor.Type.SizeOf());

    private static bool IsOfTraining(string name) => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal)
        || name.StartsWith(AveragePrefix, StringComparison.Ordinal)
        || name.StartsWith(EpochPrefix, StringComparison.Ordinal);

    /// <summary>Loads the weights of a checkpoint into a model.</summary>
    /// <exception cref="InputException">The file is corrupt, or has weights of another model.</exception>
    public static void LoadWeights(string path, GenerativeModel model)
    {
        var file = Open(path, model);
        EnsureNoOtherWeights(file, path, model);
        using var change = model.BeginChange();
        TensorEntries.CopyInto(file, path, model.NamedState(), FormerNames.Of);
    }

    /// <summary>The epoch of the best weights when a checkpoint was written, without reading its weights.</summary>
    public static int ReadBestEpoch(string path) =>
        (int)Number(ReadMetadata(path), path, "best_epoch", int.MaxValue);

    /// <summary>Whether a checkpoint is there and is whole.</summary>
    public static bool IsIntact(string path, GenerativeModel model)
    {
        try
        {
            _ = Open(path, model);
            return true;
        }
        catch (ElboException)
        {
            return false;
        }
    }

    /// <summary>The settings that a checkpoint was made with, without reading its weights.</summary>
    public static RunConfiguration ReadConfiguration(string path)
    {
        var text = Text(ReadMetadata(path), path, "configuration");
        try
        {
            return RunConfiguration.Read(text, $"The configuration in {path}");
        }
        catch (SettingsException exception)
        {
            throw new InputException(exception.Message, exception);
        }
    }

    /// <summary>Restores weights, optimizer and running sums from a checkpoint, and returns the rest.</summary>
    public static CheckpointState Restore(
        string path, GenerativeModel model, FusedAdam optimizer, TermAccumulator sums, IEnumerable<(string Name, Tensor Value)> averages,
        IProcessGroup processes)
    {
        using var scope = NewDisposeScope();
        var file = Open(path, model);
        if (Text("kind") == "diagnostic")
            throw new InputException($"{path} was written when numbers stopped being finite, so a run cannot resume from it.");
        if (Text("format") != Format)
        {
            throw new SettingsException(
                $"{path} was written by an earlier version of Elbo, whose noise came from other generators, so its training cannot be "
                + "resumed exactly: begin a new run with StartFrom set to this one.");
        }

        EnsureNoOtherWeights(file, path, model);
        using var change = model.BeginChange();
        var stored = SumsLike(file, sums.Sums);
        TensorEntries.CopyInto(file, path, model.NamedState()
            .Concat(optimizer.State.Select(named => (OptimizerPrefix + named.Name, named.Value)))
            .Concat(averages.Select(named => (AveragePrefix + named.Name, named.Value)))
            .Append((SumsName, stored)));
        sums.Restore(stored, processes);
        return new CheckpointState
        {
            Position = new TrainingPosition((int)Math.Max(Entry("epoch", int.MaxValue), 1), (int)Entry("step", int.MaxValue)),
            Seed = (ulong)Entry("seed", ulong.MaxValue),
            MetricsLength = (long)Entry("metrics_length", long.MaxValue),
            MetricsSha256 = file.Metadata.GetValueOrDefault("metrics_sha256"),
            BestEpoch = (int)Entry("best_epoch", int.MaxValue),
            BestLoss = double.TryParse(Text("best_loss"), CultureInfo.InvariantCulture, out var loss) && !double.IsNaN(loss)
                ? loss
                : throw new InputException($"{path} is damaged: its best loss is not a number."),
            Objective = Text("objective"),
            Configuration = Text("configuration"),
            Optimizer = optimizer,
            Sums = sums.Sums,
            Averages = averages,
        };

        string Text(string key) => Checkpoint.Text(file.Metadata, path, key);

        decimal Entry(string key, decimal max) => Number(file.Metadata, path, key, max);
    }

    // Those of several processes, if it was written by several.
    private static Tensor SumsLike(SafetensorsFile file, Tensor ofOne) =>
        file.TryGet(SumsName, out var entry) && entry.Shape is [> 1 and <= MaxProcesses, _, _]
            ? zeros([entry.Shape[0], .. ofOne.shape], float64, CPU)
            : zeros_like(ofOne);

    private static SafetensorsFile Open(string path, GenerativeModel model)
    {
        EnsureSize(path, model);
        var file = SafetensorsFile.Read(path);
        EnsureCheckpoint(file.Metadata, path);
        return file;
    }

    private static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        var metadata = SafetensorsFile.ReadMetadata(path);
        EnsureCheckpoint(metadata, path);
        return metadata;
    }

    private static void EnsureCheckpoint(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (!metadata.TryGetValue("format", out var format) || format is not (Format or FormerFormat))
            throw new InputException($"{path} is not a checkpoint of this version of Elbo.");
    }

    // A checkpoint holds the weights, two moments and an average of each, in at most eight bytes, and sums of the epoch.
    private static void EnsureSize(string path, GenerativeModel model)
    {
        const int numbersPerWeight = 4;
        const long sums = 1 << 24;
        var weights = model.NamedState().Sum(named => named.Value.numel());
        var bytes = SafetensorsFile.ReadHeader(path).Tensors.Sum(tensor => tensor.End - tensor.Begin);
        if (bytes > (weights * numbersPerWeight * sizeof(double)) + sums)
            throw new InputException($"{path} holds {bytes} bytes, more than a checkpoint of this model has: it belongs to another model.");
    }

    // A model with fewer parts would find all its tensors, and silently differ from the one that was trained.
    private static void EnsureNoOtherWeights(SafetensorsFile file, string path, GenerativeModel model)
    {
        var known = FormerNames.WithFormer(model.NamedState());
        var other = file.Entries.FirstOrDefault(entry => !known.Contains(entry.Name) && !IsOfTraining(entry.Name));
        if (other is not null)
            throw new InputException(
                $"{path} holds the tensor '{other.Name}', which this model does not have: it belongs to another model.");
    }

    private static decimal Number(IReadOnlyDictionary<string, string> metadata, string path, string key, decimal max) =>
        decimal.TryParse(Text(metadata, path, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw new InputException($"{path} is damaged: its entry '{key}' is not a whole number from 0 to {max}.");

    private static string Text(IReadOnlyDictionary<string, string> metadata, string path, string key) =>
        metadata.TryGetValue(key, out var value)
            ? value
            : throw new InputException($"{path} lacks the entry '{key}' that a checkpoint has.");
}

/// <summary>The content of a checkpoint besides the weights.</summary>
internal sealed record CheckpointState
{
    public required TrainingPosition Position { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>The length of metrics.csv in bytes at this position; a resumed run cuts the file back to it.</summary>
    public required long MetricsLength { get; init; }

    /// <summary>The hash of metrics.csv up to that length; null in checkpoints of earlier versions.</summary>
    public required string? MetricsSha256 { get; init; }

    public required int BestEpoch { get; init; }

    public required double BestLoss { get; init; }

    /// <summary>The objective by which the best loss was found, as JSON: another one has no best yet.</summary>
    public required string Objective { get; init; }

    public required string Configuration { get; init; }

    public required FusedAdam Optimizer { get; init; }

    /// <summary>The running sums of the epoch, of every process that trains.</summary>
    public required Tensor Sums { get; init; }

    /// <summary>The averages of the weights by name; empty where none are kept.</summary>
    public required IEnumerable<(string Name, Tensor Value)> Averages { get; init; }
}
