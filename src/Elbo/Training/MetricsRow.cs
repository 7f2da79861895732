using System.Globalization;

namespace Elbo;

/// <summary>
/// One line of metrics.csv: the terms of one split at the end of one epoch. Cells of terms that a model does not have are empty; a KL by
/// Monte Carlo has none for single dimensions.
/// </summary>
public sealed record MetricsRow
{
    // A thousand epochs of a model with four thousand latent dimensions.
    private const int MaxCells = 1 << 24;
    private const int MaxLines = 1 << 20;
    private const string KlPrefix = "kl_";

    private static readonly string[] Columns =
    [
        "step", "epoch", "split", "loss", "negative_elbo", "reconstruction", "kl", "active_units", "reconstruction_weight", "kl_weight",
        "learning_rate",
    ];

    /// <summary>The training steps taken.</summary>
    public required long Step { get; init; }

    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>The weighted loss, in nats per example.</summary>
    public required double Loss { get; init; }

    /// <summary>-E_q[log p(x|z,c)], in nats per example.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The KL of each latent dimension, group by group; null where a group's KL has no such parts.</summary>
    public required IReadOnlyList<double?> KlColumns { get; init; }

    /// <summary>The KL of each latent dimension, where every group's has such parts; else null.</summary>
    public IReadOnlyList<double>? KlPerDimension =>
        KlColumns.Count == 0 || KlColumns.Any(kl => kl is null) ? null : [.. KlColumns.Select(kl => kl!.Value)];

    /// <summary>The number of active latent dimensions (<see cref="SplitTerms.ActiveUnits"/>).</summary>
    public required int ActiveUnits { get; init; }

    /// <summary>The weight on the reconstruction.</summary>
    public required double ReconstructionWeight { get; init; }

    /// <summary>The weight on the KL.</summary>
    public required double KlWeight { get; init; }

    /// <summary>The step size.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The KL, summed over all groups; null for a model without that term.</summary>
    public required double? Kl { get; init; }

    /// <summary>Whether the KL is a Monte Carlo estimate, in whole or in part, and so lacks parts for single dimensions.</summary>
    public bool KlIsMonteCarlo => Kl is not null && KlPerDimension is null;

    /// <summary>-ELBO = reconstruction + KL; null for a model without a KL term.</summary>
    public double? NegativeElbo => Reconstruction + Kl;

    /// <summary>
    /// The standard error over examples of <see cref="NegativeElbo"/>, or of the reconstruction where there is no KL term, in nats: from
    /// standard-errors.csv (<see cref="SplitTerms.StandardError"/>). Null where none was recorded, and for a single example.
    /// </summary>
    public double? StandardError { get; init; }

    /// <summary>The header line; the name of a single latent group is omitted.</summary>
    internal static string Header(IReadOnlyList<LatentGroup> groups) => string.Join(',', Columns.Concat(groups.SelectMany(group =>
        Enumerable.Range(1, group.Size)
            .Select(dimension => $"{KlPrefix}{(groups.Count == 1 ? "" : group.Name + "_")}{dimension}")))) + "\n";

    internal string ToLine()
    {
        string[] cells =
        [
            $"{Step}", $"{Epoch}", Split, Number(Loss), Number(Reconstruction + Kl), Number(Reconstruction), Number(Kl),
            $"{ActiveUnits}", Number(ReconstructionWeight), Number(KlWeight), Number(LearningRate),
        ];
        return string.Join(',', cells.Concat(KlColumns.Select(Number))) + "\n";
    }

    /// <summary>Reads metrics.csv back. An incomplete last line is ignored.</summary>
    /// <exception cref="InputException">The file cannot be read, or is not such a table.</exception>
    internal static IReadOnlyList<MetricsRow> Read(string path) => Parse(MetricsContent.Read(path).Text, path);

    /// <summary>Parses complete lines of metrics.csv.</summary>
    /// <exception cref="InputException">They are not such a table.</exception>
    internal static IReadOnlyList<MetricsRow> Parse(string text, string path)
    {
        if (text.AsSpan().Count(',') > MaxCells)
            throw new InputException($"{path} is damaged: it has more than {MaxCells} cells.");
        if (text.AsSpan().Count('\n') > MaxLines)
            throw new InputException($"{path} is damaged: it has more than {MaxLines} lines.");
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            var width = lines.Length == 0 ? 0 : lines[0].Split(',').Length;
            return [.. lines.Skip(1).Select(line => ParseLine(line, width))];
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InputException($"{path} is damaged: it is not a table of metrics that this version of Elbo has written.", exception);
        }
    }

    private static MetricsRow ParseLine(string line, int width)
    {
        var cells = line.Split(',');
        if (cells.Length != width || width < Columns.Length)
            throw new FormatException("A line has more or fewer cells than the table has columns.");
        var dimensions = cells[Columns.Length..];
        return new MetricsRow
        {
            Step = long.Parse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture),
            Epoch = int.Parse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture),
            Split = cells[2] is "train" or "validation" or "test" ? cells[2] : throw new FormatException("There is no such split."),
            Loss = Value(cells[3]),
            Reconstruction = Value(cells[5]),
            Kl = cells[6].Length == 0 ? null : Value(cells[6]),
            KlColumns = [.. dimensions.Select(cell => cell.Length == 0 ? (double?)null : Value(cell))],
            ActiveUnits = int.Parse(cells[7], NumberStyles.None, CultureInfo.InvariantCulture),
            ReconstructionWeight = Value(cells[8]),
            KlWeight = Value(cells[9]),
            LearningRate = Value(cells[10]),
        };
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static double Value(string cell) =>
        double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? value
            : throw new FormatException("A number is not finite.");

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(MetricsRow), PrintMembers);
}
