namespace Elbo.Tests;

public class MetricsRowTests
{
    private const string Line = "9,1,train,3,3,2,1,1,1,1,0.001,0.5,0.5\n";

    [Fact]
    public void A_table_reads_back_without_a_last_line_that_was_cut_off()
    {
        using var folder = new TemporaryFolder();
        var refused = Assert.Throws<InputException>(() => MetricsRow.Parse(new string('\n', 2 << 20), "m"));
        Assert.Contains("lines", refused.Message, StringComparison.Ordinal);
        File.WriteAllText(folder["metrics.csv"], MetricsRow.Header([new("z", 2)]) + Line + Line[..20]);
        var row = Assert.Single(MetricsRow.Read(folder["metrics.csv"]));
        Assert.Equal((9, 1, "train", 3.0, 2.0), (row.Step, row.Epoch, row.Split, row.Loss, row.Reconstruction));
        Assert.Equal([0.5, 0.5], row.KlPerDimension!);
    }

    [Theory]
    [InlineData("1,2,3\n")]
    [InlineData("9,1,train,3,3,2,1,1,1,1,0.001\n")]
    [InlineData("9,1,train,3,3,2,1,1,1,1,0.001,0.5,0.5,0.5\n")]
    [InlineData("9,1,train,3,3,two,1,1,1,1,0.001,0.5,0.5\n")]
    [InlineData("99999999999999999999,1,train,3,3,2,1,1,1,1,0.001,0.5,0.5\n")]
    public void An_invalid_line_is_rejected_with_the_name_of_the_file(string line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["metrics.csv"], MetricsRow.Header([new("z", 2)]) + Line + line);
        var refused = Assert.Throws<InputException>(() => MetricsRow.Read(folder["metrics.csv"]));
        Assert.Contains("metrics.csv", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_rejected_with_its_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["metrics.csv"]);
        var refused = Assert.Throws<InputException>(() => MetricsRow.Read(folder["metrics.csv"]));
        Assert.Contains("metrics.csv", refused.Message, StringComparison.Ordinal);
    }
}
