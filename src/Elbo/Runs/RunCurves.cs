namespace Elbo;

/// <summary>Draws the curves of a run from its metrics.</summary>
internal static class RunCurves
{
    public static void Save(string path, IReadOnlyList<MetricsRow> rows)
    {
        if (rows.Count == 0)
            return;
        var series = new List<CurveSeries>();
        foreach (var split in new[] { "train", "validation" })
        {
            var ofSplit = rows.Where(row => row.Split == split).ToList();
            if (ofSplit.Count == 0)
                continue;
            Add(CurvePanel.NegativeElbo, row => row.Reconstruction + row.Kl ?? double.NaN);
            Add(CurvePanel.Reconstruction, row => row.Reconstruction);
            Add(CurvePanel.Kl, row => row.Kl ?? double.NaN);
            Add(CurvePanel.ActiveUnits, row => row.ActiveUnits);

            void Add(CurvePanel panel, Func<MetricsRow, double> value)
            {
                double[] figures = [.. ofSplit.Select(value)];
                if (figures.Any(double.IsFinite))
                    series.Add(new CurveSeries(split, panel, [.. ofSplit.Select(row => (double)row.Epoch)], figures));
            }
        }

        CurvePlot.Save(path, new CurvePlotData(series) { Markers = WeightChanges(rows) });
    }

    private static List<CurveMarker> WeightChanges(IReadOnlyList<MetricsRow> rows)
    {
        var train = rows.Where(row => row.Split == "train").ToList();
        var ends = new List<CurveMarker>();
        Mark("KL weight", row => row.KlWeight);
        Mark("reconstruction weight", row => row.ReconstructionWeight);
        return ends;

        // A schedule changes the weight at every epoch: only the end of the schedule is marked.
        void Mark(string name, Func<MetricsRow, double> weight)
        {
            var last = train.FindLastIndex(row => weight(row) != weight(train[^1]));
            if (last >= 0)
                ends.Add(new CurveMarker(train[last + 1].Epoch, $"{name} {weight(train[^1]):0.##}"));
        }
    }
}
