using System.Text.Json;

namespace Elbo.Cli;

/// <summary>The record in the folder of a sweep, compared with the plan of this process.</summary>
internal sealed class RecordedSweep(string folder, SweepPlan plan)
{
    /// <summary>The name of the file, by which others recognise the folder of a sweep.</summary>
    public const string Name = "sweep.json";

    private string FilePath => PathIn(folder);

    public bool Exists => File.Exists(FilePath);

    /// <summary>The plan as the record has it.</summary>
    public string PlannedText => JsonOutput.ToText(SweepRecord.Of(plan));

    /// <summary>Whether the record is that of the plan; it is not after a later command has extended the sweep.</summary>
    public bool IsPlanned => RunFile.ReadText(FilePath) == PlannedText;

    /// <summary>Writes the plan as the record of the folder, or of one that will become it.</summary>
    public void WriteTo(string path) => AtomicFile.WriteText(PathIn(path), PlannedText);

    /// <summary>Rejects a sweep over other settings, and one with a run that is not part of the plan.</summary>
    /// <param name="given">The folder as the user has named it.</param>
    /// <exception cref="SettingsException">It is another sweep.</exception>
    public void RequireSame(string given)
    {
        var record = Read();
        if (record.Schema is not (SweepRecord.SchemaOfOne or SweepRecord.SchemaOfSeveral))
        {
            throw new SettingsException(
                $"{FilePath} has schema {record.Schema}, but this version of Elbo reads schema {SweepRecord.SchemaOfOne} and "
                + $"{SweepRecord.SchemaOfSeveral}: choose a new folder with --out.");
        }

        var planned = SweepRecord.Of(plan).Phrase;
        if (record.Phrase != planned)
            throw new SettingsException($"{given} is a sweep over {record.Phrase}, not over {planned}: choose a new folder with --out.");
        if (plan.Runs.Select(run => Path.Combine(folder, run.Name)).FirstOrDefault(run => new DirectoryInfo(run).LinkTarget is not null)
            is { } linked)
        {
            throw new SettingsException(
                $"{linked} is a symbolic link, and a sweep writes into its own folder only: put the run itself there.");
        }

        var foreign = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).FirstOrDefault(directory =>
            File.Exists(Path.Combine(directory, "config.json"))
            && !StagedFolder.IsTemporary(directory)
            && plan.Runs.All(run => run.Name != Path.GetFileName(directory)));
        if (foreign is not null)
        {
            throw new SettingsException(
                $"{foreign} is a run of none of the values given: include the earlier values of the sweep, or choose a new folder with "
                + "--out.");
        }
    }

    /// <summary>Rejects a plan without a run that the record has, also one that is not trained yet.</summary>
    /// <exception cref="SettingsException">It has one.</exception>
    public void RequireEveryRun()
    {
        var names = plan.Runs.Select(run => run.Name).ToHashSet();
        if (Read().RunNames.FirstOrDefault(name => !names.Contains(name)) is { } other)
        {
            throw new SettingsException(
                $"{folder} is a sweep that also has the run {other}: start every worker with the same command, or choose a new folder with "
                + "--out.");
        }
    }

    private static string PathIn(string path) => Path.Combine(path, Name);

    private SweepRecord Read()
    {
        try
        {
            return JsonOutput.Read<SweepRecord>(RunFile.ReadText(FilePath));
        }
        catch (JsonException exception)
        {
            throw new SettingsException(
                $"{FilePath} cannot be read: it is no record of a sweep of this version of Elbo. Choose a new folder with --out.",
                exception);
        }
    }
}
