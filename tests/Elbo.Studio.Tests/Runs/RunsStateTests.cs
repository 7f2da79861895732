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
        var state = new RunsState([A, B], 12);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://localhost/"), state.ToAddress()).Query);

        Assert.Equal(state, RunsState.Parse(query["run"], query["epoch"]));
        Assert.Equal("runs", new RunsState([], null).ToAddress());
    }

    [Fact]
    public void A_fifth_run_replaces_the_first_and_selecting_a_run_again_removes_it()
    {
        string[] ids = [.. "12345".Select(digit => new string(digit, 16))];
        var state = ids.Aggregate(new RunsState([], 3), (each, id) => each.Toggle(id));

        Assert.Equal(ids[1..], state.Runs);
        Assert.Null(state.Epoch);
        Assert.Equal([ids[1], ids[3], ids[4]], state.Toggle(ids[2]).Runs);
        Assert.Equal(4, RunsState.Parse(string.Join(',', ids), null).Runs.Count);
    }
}
