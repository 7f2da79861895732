using System.Globalization;

namespace Elbo.Cli;

/// <summary>
/// The report of a sweep: a table, a rate-distortion plot, samples side by side, and a page with all three, made only from the files of the
/// runs.
/// </summary>
internal sealed class SweepReport(SweepFolder folder, SweepPlan plan, string title)
{
    private const int GridsPerRow = 6;
    private readonly List<SweepRow> _rows = [];

    public IReadOnlyList<SweepRow> Rows => _rows;

    /// <summary>The files of the report that exist.</summary>
    public IEnumerable<string> Files =>
        new[] { folder.TablePath, folder.PlotPath, folder.SamplesPath, folder.PagePath }.Where(File.Exists);

    /// <summary>Adds the result of a run.</summary>
    public void Add(SweepRow row) => _rows.Add(row);

    /// <summary>Writes all files from the results so far, each atomically; the page comes last.</summary>
    public void Write()
    {
        AtomicFile.WriteText(folder.TablePath, SweepTable.ToCsv(plan, _rows));
        var (plot, samples) = (Plot(), Samples());
        if (plot is not null)
            AtomicFile.WriteBytes(folder.PlotPath, plot);
        if (samples is not null)
            AtomicFile.WriteBytes(folder.SamplesPath, samples);
        AtomicFile.WriteText(folder.PagePath, SweepPage.Create(title, plan, _rows, plot, samples));
    }

    // A model without a KL term has no rate. The points are connected only if they are numbers of one setting.
    private byte[]? Plot()
    {
        var points = _rows.Where(row => row.Metrics?.Kl is not null)
            .Select(row => new LabelledPoint(row.Metrics!.Kl!.Value, row.Metrics.Reconstruction, row.Run.Label)).ToList();
        return points.Count == 0 ? null : LabelledPointPlot.ToPng(new LabelledPointPlotData(points)
        {
            Title = $"rate and distortion by {plan.Phrase}",
            XLabel = "KL: the rate (nats)",
            YLabel = "reconstruction: the distortion (nats)",
            AreJoined = plan.Settings.Count == 1 && plan.Runs.All(run =>
                double.TryParse(run.Label, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
        });
    }

    private byte[]? Samples()
    {
        var grids = _rows.Where(row => row.Samples is not null)
            .Select(row => (row.Samples!, new ImageGridOptions { Columns = SweepRow.Columns, Title = row.Run.Label })).ToList();
        return grids.Count == 0 ? null : ImageGridRow.ToPng(grids, GridsPerRow);
    }
}
