namespace Elbo.Studio.Tests;

public class RunsStateTests
{
    private const string A = "aaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbb";

    [Theory]
    [InlineData(null, null, new string[0], null)]
    [InlineData("", "", new string[0], null)]
    [InlineData(A + "," + B, "7", new[] { A, B }, 7)]
    [InlineData(A + "," + A + ", " + B, "0", new[] { A, B }, 1)]
    [InlineData("../../etc/passwd," + A, "-5", new[] { A }, 1)]
    [InlineData("AAAAAAAAAAAAAAAA,aaaa,gggggggggggggggg", "99999999999", new string[0], 1_000_000)]
    [InlineData(A, "two", new[] { A }, 1)]
    public void Values_of_a_URL_are_clamped(string? runs, string? epoch, string[] expected, int? expectedEpoch)
    {
        var state = RunsState.Parse(runs, epoch);
        Assert.Equal(expected, state.Runs);
        Assert.Equal(expectedEpoch, state.Epoch);
    }

    [Fact]
    public void A_URL_is_parsed_to_the_state_it_was_written_for()
    {
        var state = new RunsState([A, B], 12)
        {
            Sort = RunColumn.NegativeElbo,
            IsDescending = true,
            Filter = "vae & 50 % / 训练",
            Zoom = (3, 9),
            ShowsAllSettings = true,
        };

        Assert.Equal(state, Parsed(state));
        Assert.All(Enum.GetValues<RunColumn>(), column =>
        {
            var sorted = new RunsState([], null).SortedBy(column);
            Assert.Equal(sorted, Parsed(sorted));
            Assert.Equal(!sorted.IsDescending, Parsed(sorted.SortedBy(column)).IsDescending);
        });
        Assert.Equal("runs", new RunsState([], null).ToAddress());

        static RunsState Parsed(RunsState state)
        {
            var query = System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://localhost/"), state.ToAddress()).Query);
            return RunsState.Parse(query["run"], query["epoch"], query["sort"], query["filter"], query["zoom"], query["settings"]);
        }
    }

    [Theory]
    [InlineData("nonsense", "<script>", "nonsense", "none")]
    [InlineData("--", null, "9-3", "")]
    [InlineData("", "", "5", null)]
    [InlineData("ELBO", " ", "--1-2", "ALL")]
    [InlineData(null, null, "5-5", "1")]
    public void Nonsense_in_a_URL_leaves_the_list_as_it_is(string? sort, string? filter, string? zoom, string? settings)
    {
        var state = RunsState.Parse(null, null, sort, filter, zoom, settings);

        Assert.Equal((RunColumn.Begun, true, null, false), (state.Sort, state.IsDescending, state.Zoom, state.ShowsAllSettings));
        Assert.Equal(filter ?? "", state.Filter);
    }

    [Theory]
    [InlineData("0-99999999999", 0, 1_000_000)]
    [InlineData("7-8", 7, 8)]
    public void Shown_epochs_are_clamped(string zoom, int from, int to) =>
        Assert.Equal((from, to), RunsState.Parse(null, null, zoom: zoom).Zoom);

    [Fact]
    public void A_filter_is_of_limited_length_and_printable()
    {
        Assert.Equal(RunsState.MaxFilter, RunsState.Filtered(new string('x', 10_000)).Length);
        Assert.DoesNotContain('\u001b', RunsState.Filtered("a\u001b[31m"));
        Assert.Equal(new string('x', RunsState.MaxFilter - 1), RunsState.Filtered(new string('x', RunsState.MaxFilter - 1) + "😀"));
    }

    [Fact]
    public void Above_the_most_runs_the_first_one_is_replaced_and_selecting_a_run_again_removes_it()
    {
        string[] ids = [.. Enumerable.Range(0, RunsState.Max + 1).Select(number => $"{number:x16}")];
        var state = ids.Aggregate(new RunsState([], 3), (each, id) => each.Toggle(id));

        Assert.Equal(ids[1..], state.Runs);
        Assert.Null(state.Epoch);
        Assert.Equal(ids[2..], state.Toggle(ids[1]).Runs);
        Assert.Equal(RunsState.Max, RunsState.Parse(string.Join(',', ids), null).Runs.Count);
        // Kestrel takes a request line of 8 KiB.
        Assert.InRange(state.ToAddress().Length, 1000, 4000);
    }
}
