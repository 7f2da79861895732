namespace Elbo.Tests;

public class StandardErrorTableTests
{
    private const string Header = "step,epoch,split,examples,standard_error\n";

    [Fact]
    public void The_standard_error_is_that_of_the_bounds_of_the_examples()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        var rows = directory.ReadMetrics();

        Assert.Equal(["train", "validation", "train", "validation", "test"], rows.Select(row => row.Split));
        var lines = File.ReadAllLines(directory.StandardErrorsPath);
        Assert.Equal(
            ["9,1,train,140", "9,1,validation,20", "18,2,train,140", "18,2,validation,20"],
            lines.Skip(1).Take(4).Select(line => line[..line.LastIndexOf(',')]));
        Assert.Equal(Header, lines[0] + "\n");
        using var run = Run.Load(directory.Folder);
        var bounds = run.Model.Score(SmallRuns.Data.Test!).Select(score => score.NegativeElbo!.Value).ToArray();
        var mean = bounds.Average();
        var error = Math.Sqrt(bounds.Sum(bound => Math.Pow(bound - mean, 2)) / (bounds.Length - 1) / bounds.Length);
        Assert.Equal(mean, rows[^1].NegativeElbo!.Value, 1e-3 * mean);
        Assert.Equal(error, rows[^1].StandardError!.Value, 1e-2 * error);
    }

    [Fact]
    public void A_run_of_an_earlier_version_has_none_and_its_resumed_epochs_have_some()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        File.Delete(directory.StandardErrorsPath);

        Assert.All(directory.ReadMetrics(), row => Assert.Null(row.StandardError));
        Assert.Null(RunOverview.Read(directory.Folder).StandardErrorsProblem);

        using (var run = Run.Load(directory.Folder))
            run.Resume(SmallRuns.Data, 3);
        Assert.Equal(
            [(1, false), (1, false), (2, false), (2, false), (3, true), (3, true)],
            directory.ReadMetrics().Where(row => row.Split != "test").Select(row => (row.Epoch, row.StandardError is not null)));
    }

    [Theory]
    [InlineData("step,epoch\n")]
    [InlineData(Header + "1,1,train,5\n")]
    [InlineData(Header + "1,1,other,5,0.1\n")]
    [InlineData(Header + "1,1,train,0,0.1\n")]
    [InlineData(Header + "1,1,train,5,-0.1\n")]
    [InlineData(Header + "1,1,train,5,NaN\n")]
    [InlineData(Header + "1,1,train,5,1e999\n")]
    [InlineData(Header + "99999999999999999999,1,train,5,1\n")]
    [InlineData(Header + "1,1,train,5,1\n1,1,train,5,2\n")]
    [InlineData("\0\n")]
    public void A_damaged_table_is_one_sentence_and_hides_nothing_else(string content)
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        File.WriteAllText(directory.StandardErrorsPath, content);

        var overview = RunOverview.Read(directory.Folder);
        Assert.Contains("standard-errors.csv is damaged", overview.StandardErrorsProblem, StringComparison.Ordinal);
        Assert.Equal(5, overview.Metrics.Count);
        Assert.All(overview.Metrics, row => Assert.Null(row.StandardError));
    }

    [Fact]
    public void A_damaged_table_stops_a_resumption_before_anything_is_changed()
    {
        using var folders = new TemporaryFolder();
        var directory = RunCopies.To(folders["run"]);
        File.WriteAllText(directory.StandardErrorsPath, "of another program\n");
        var metrics = File.ReadAllBytes(directory.MetricsPath);

        using var run = Run.Load(directory.Folder);
        var refused = Assert.Throws<InputException>(() => run.Resume(SmallRuns.Data, 3));

        Assert.Contains("standard-errors.csv is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(metrics, File.ReadAllBytes(directory.MetricsPath));
        Assert.Equal("of another program\n", File.ReadAllText(directory.StandardErrorsPath));
    }

    [Fact]
    public void A_single_example_has_no_standard_error_and_an_incomplete_line_is_ignored()
    {
        using var folders = new TemporaryFolder();
        File.WriteAllText(folders["table"], Header + "9,1,train,1,\n9,1,validation,5,0.25\n18,2,tra");

        Assert.Equal([null, 0.25], StandardErrorTable.Read(folders["table"]).Select(row => row.StandardError));
    }
}
