namespace Elbo.Studio.Tests;

public class SelectedPointsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("__", null)]
    [InlineData("1,2", "1,2__")]
    [InlineData("1.239,-2__0,0", "1.24,-2__0,0")]
    [InlineData("1e99,-1e99_x,1_,", "1000,-1000__")]
    [InlineData("1,2,3_nan,1_4,5_6,7", "__4,5")]
    public void Values_of_a_URL_are_clamped(string? text, string? expected) =>
        Assert.Equal(expected, SelectedPoints.Parse(text).ToAddress());

    [Fact]
    public void Each_world_has_its_own_point()
    {
        var points = default(SelectedPoints).With(1, (0.125, -3)).With(2, (2, 2));
        Assert.Null(points[0]);
        Assert.Equal((0.12, -3.0), points[1]);
        Assert.Equal((2.0, 2.0), points[2]);
        Assert.Equal(points, SelectedPoints.Parse(points.ToAddress()));
    }
}
