namespace Elbo.Results;

/// <summary>The tables in docs/results.md, and the records in docs/results from which they are generated.</summary>
internal sealed class ResultDocuments
{
    private const string Begin = "<!-- made by benchmarks/Elbo.Results: begin -->";
    private const string End = "<!-- made by benchmarks/Elbo.Results: end -->";
    private const string BeginAnomalies = "<!-- anomalies, made by benchmarks/Elbo.Results: begin -->";
    private const string EndAnomalies = "<!-- anomalies, made by benchmarks/Elbo.Results: end -->";

    private ResultDocuments(string repository) => Repository = repository;

    public string Repository { get; }

    private string Document => Path.Combine(Repository, "docs", "results.md");

    private string Records => Path.Combine(Repository, "docs", "results");

    /// <summary>Finds the documents of the repository that contains the current directory.</summary>
    public static ResultDocuments Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Elbo.slnx")))
                return new ResultDocuments(folder.FullName);
        }

        throw new InvalidOperationException("The repository was not found: start this program from within it.");
    }

    /// <summary>Reads the record of a row; null if it does not exist or was created by commands other than the current ones.</summary>
    public ResultRecord? Read(ResultRow row, int seed) =>
        ResultRecord.Read(PathOf(row, seed)) is { } record
            && (record.Train, record.Evaluate) == (row.TrainCommand($"{seed}"), row.EvaluateCommand)
            ? record
            : null;

    /// <summary>The same for a row of anomalies.</summary>
    public AnomalyRecord? Read(AnomalyRow row) =>
        AnomalyRecord.Read(PathOf(row)) is { } record && record.Commands.SequenceEqual(row.Commands) ? record : null;

    public void Write(AnomalyRow row, AnomalyRecord record)
    {
        Directory.CreateDirectory(Records);
        record.Write(PathOf(row));
    }

    public void Write(ResultRow row, ResultRecord record)
    {
        Directory.CreateDirectory(Records);
        record.Write(PathOf(row, record.Seed));
    }

    /// <summary>Rewrites the tables and keeps the surrounding text.</summary>
    public void WriteTable() => AtomicFile.Write(Document, WithTables(File.ReadAllText(Document)));

    /// <summary>Returns an error if the document does not match the records, otherwise null.</summary>
    public string? FindDifference()
    {
        var text = File.ReadAllText(Document);
        if (text == WithTables(text))
            return null;
        return "docs/results.md does not match docs/results/*.json: run "
            + "'dotnet run -c Release --project benchmarks/Elbo.Results -- make'.";
    }

    private string WithTables(string text) => Between(
        Between(text, Begin, End, ResultTable.Write(Read)), BeginAnomalies, EndAnomalies, AnomalyTable.Write(Read));

    private string Between(string text, string first, string last, string table)
    {
        var begin = text.IndexOf(first, StringComparison.Ordinal);
        var end = text.IndexOf(last, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{Document} lacks the marker comments around the tables: restore them.");
        return text[..(begin + first.Length)] + "\n\n" + table + "\n" + text[end..];
    }

    private string PathOf(ResultRow row, int seed) => Path.Combine(Records, $"{row.Id}-{seed}.json");

    private string PathOf(AnomalyRow row) => Path.Combine(Records, $"{row.Id}.json");
}
