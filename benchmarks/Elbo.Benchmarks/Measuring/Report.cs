using System.Text;

namespace Elbo.Benchmarks;

/// <summary>The report of a table: Markdown on the console and in a file, and all rounds as CSV for plots.</summary>
internal sealed class Report
{
    private readonly string _folder;
    private readonly string _name;
    private readonly int _repeats;
    private readonly StringBuilder _markdown = new();
    private readonly StringBuilder _csv = new("series,x,contender,round,unit,value\n");

    /// <param name="bench">The shared context.</param>
    /// <param name="name">The name of the table and of its files.</param>
    /// <param name="title">The title of the report.</param>
    /// <param name="repeats">The number of measured rounds.</param>
    public Report(Bench bench, string name, string title, int repeats)
    {
        (_folder, _name, _repeats) = (bench.Output, name, repeats);
        Text($"# {title}");
        Text(string.Join('\n', Machine.Describe(bench.Settings).Select(line => $"- {line}")));
        var quick = bench.IsQuick ? " **A quick run, only a functional test: its measurements are not meaningful.**" : "";
        Text($"Median of {repeats} {(repeats == 1 ? "round" : "rounds")} after a warm-up, quartiles in parentheses.{quick}");
    }

    /// <summary>Adds a paragraph or a heading.</summary>
    public void Text(string text)
    {
        Console.WriteLine(text + "\n");
        _markdown.Append(text).Append("\n\n");
    }

    /// <summary>Adds a table of measurements.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string> rule = [.. header.Select((_, column) => column == 0 ? "---" : "---:")];
        Text(string.Join('\n', rows.Prepend(rule).Prepend(header).Select(row => $"| {string.Join(" | ", row)} |")));
    }

    /// <summary>Adds the rounds of a measurement to the CSV.</summary>
    /// <param name="series">The series, such as the model.</param>
    /// <param name="measurement">The rounds.</param>
    /// <param name="unit">The unit of the values.</param>
    /// <param name="x">The x coordinate on a curve, if any.</param>
    public void Rounds(string series, Measurement measurement, string unit, double? x = null)
    {
        foreach (var (index, value) in measurement.Rounds.Index())
            _csv.Append($"\"{series}\",{x},\"{measurement.Name}\",{index + 1},{unit},{value:R}\n");
    }

    /// <summary>Writes both files.</summary>
    public void Save()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, _name + ".md"), _markdown.ToString().TrimEnd() + "\n");
        File.WriteAllText(Path.Combine(_folder, _name + ".csv"), _csv.ToString());
        Console.Error.WriteLine($"{_name}: {_repeats} rounds, written to {_folder}");
    }
}
