namespace Elbo.Results;

/// <summary>docs/results.md, whose tables this program writes, and the records they are made of, in docs/results.</summary>
internal sealed class ResultDocuments
{
    private const string Begin = "<!-- made by benchmarks/Elbo.Results: begin -->";
    private const string End = "<!-- made by benchmarks/Elbo.Results: end -->";

    private ResultDocuments(string repository) => Repository = repository;

    public string Repository { get; }

    private string Document => Path.Combine(Repository, "docs", "results.md");

    private string Records => Path.Combine(Repository, "docs", "results");

    /// <summary>Those of the repository in which the program was started.</summary>
    public static ResultDocuments Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Elbo.slnx")))
                return new ResultDocuments(folder.FullName);
        }

        throw new InvalidOperationException("The repository is neither here nor above: start this program from within it.");
    }

    /// <summary>The record of a row; null where there is none yet, or only one of other commands than the row has now.</summary>
    public ResultRecord? Read(ResultRow row, int seed) =>
        ResultRecord.Read(PathOf(row, seed)) is { } record && (record.Train, record.Evaluate) == (row.TrainCommand($"{seed}"), row.EvaluateCommand)
            ? record
            : null;

    public void Write(ResultRow row, ResultRecord record)
    {
        Directory.CreateDirectory(Records);
        record.Write(PathOf(row, record.Seed));
    }

    /// <summary>Writes the tables anew, whatever stands around them.</summary>
    public void WriteTable() => WholeFile.Write(Document, WithTables(File.ReadAllText(Document)));

    /// <summary>Says where the document differs from its records, or null where it does not.</summary>
    public string? FindDifference()
    {
        var text = File.ReadAllText(Document);
        if (text == WithTables(text))
            return null;
        return "docs/results.md is not what docs/results/*.json says: run 'dotnet run -c Release --project benchmarks/Elbo.Results -- make'.";
    }

    private string WithTables(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{Document} has lost the marks between which the tables stand.");
        return text[..(begin + Begin.Length)] + "\n\n" + ResultTable.Write(Read) + "\n" + text[end..];
    }

    private string PathOf(ResultRow row, int seed) => Path.Combine(Records, $"{row.Id}-{seed}.json");
}
