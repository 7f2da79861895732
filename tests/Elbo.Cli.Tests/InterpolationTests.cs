namespace Elbo.Cli.Tests;

public class InterpolationTests
{
    [Fact]
    public void A_line_includes_both_endpoints_and_has_equal_steps() =>
        Assert.Equal([0, 4, 1, 3, 2, 2, 3, 1, 4, 0], LatentVariableModel.Line([0, 4], [4, 0], 5));

    [Fact]
    public void Rows_of_originals_and_reconstructions_alternate_and_the_last_pair_is_padded()
    {
        var shape = new ImageShape(1, 1, 1);
        var pairs = ReconstructCommand.Interleave(new ExampleValues(shape, [1, 2, 3]), new ExampleValues(shape, [-1, -2, -3]), columns: 2);
        const float empty = 128 / 255f;
        Assert.Equal([1, 2, -1, -2, 3, empty, -3, empty], pairs.Values.ToArray());
    }
}
