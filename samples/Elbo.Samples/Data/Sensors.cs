namespace Samples;

/// <summary>
/// Readings of 12 sensors of a machine, each in its own unit, that follow three causes. In a faulty row one sensor reads what it read in
/// another row, so that each number is in its range and only their relation is wrong.
/// </summary>
internal static class Sensors
{
    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(1, 12).Select(sensor => $"sensor-{sensor}")];

    /// <summary>Rows of a machine, the last of them faulty.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="faulty">How many of them are faulty.</param>
    /// <param name="seed">The seed of the readings.</param>
    /// <param name="machine">Which machine: each has its own gains.</param>
    public static RowDataset Read(int rows, int faulty = 0, int seed = 0, int machine = 0)
    {
        var (gains, random) = (new Random(1000 + machine), new Random(seed));
        var gain = Enumerable.Range(0, 36).Select(_ => Normal(gains)).ToArray();
        var readings = Enumerable.Range(0, rows).Select(_ => Row()).ToArray();
        for (var row = rows - faulty; row < rows; row++)
        {
            var sensor = random.Next(12);
            readings[row][sensor] = readings[random.Next(rows - faulty)][sensor];
        }

        return RowDataset.FromRows(readings, [.. Enumerable.Range(0, rows).Select(row => row < rows - faulty ? 0 : 1)], Names);

        double[] Row()
        {
            double[] causes = [Normal(random), Normal(random), Normal(random)];
            return [.. Enumerable.Range(0, 12).Select(sensor => 20 * sensor
                + (1 + sensor) * (causes.Index().Sum(cause => gain[3 * sensor + cause.Index] * cause.Item) + 0.1 * Normal(random)))];
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
