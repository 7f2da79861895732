using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class RegionConditionTests
{
    private static readonly ImageShape Digits = new(1, 28, 28);

    [Theory]
    [InlineData("quadrants-1", 34.21)]
    [InlineData("quadrants-2", 24.83)]
    [InlineData("quadrants-3", 12.26)]
    public void The_grey_values_hidden_of_MNIST_have_the_entropy_that_was_measured_for_them(string visible, double nats)
    {
        var test = Mnist.Load().Test;
        var pixels = test.ToBytes();
        var shown = Condition.Region(visible, Digits).VisiblePixels;
        var counts = new long[256];
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!shown[i % Digits.Pixels])
                counts[pixels[i]]++;
        }

        var entropy = 0.0;
        for (var value = 1; value < 255; value++)
        {
            var p = value / 255.0;
            entropy -= counts[value] * (p * Math.Log(p) + (1 - p) * Math.Log(1 - p));
        }

        Assert.Equal(nats, entropy / test.Count, 0.005);
    }

    [Theory]
    [InlineData("quadrants-1", "00/00/10/10")]
    [InlineData("quadrants-2", "10/10/10/10")]
    [InlineData("quadrants-3", "11/11/10/10")]
    [InlineData("top-half", "11/11/00/00")]
    [InlineData("bottom-half", "00/00/11/11")]
    [InlineData("left-half", "10/10/10/10")]
    [InlineData("right-half", "01/01/01/01")]
    [InlineData("rectangle:1,0,2,1", "00/10/10/00")]
    [InlineData("all-but-rectangle:1,0,2,1", "11/01/01/11")]
    public void A_region_shows_the_pixels_of_its_name(string visible, string rows)
    {
        var named = Condition.Region(visible, new ImageShape(3, 4, 2));
        var drawn = new RegionCondition("mask", new ImageShape(3, 4, 2), rows);

        Assert.Equal(rows.Replace("/", "", StringComparison.Ordinal).Select(pixel => pixel == '1'), named.VisiblePixels);
        Assert.Equal(drawn.VisiblePixels, named.VisiblePixels);
    }

    [Fact]
    public void Features_are_the_visible_pixels_in_their_places_and_the_target_is_the_rest_in_every_channel()
    {
        using var scope = NewDisposeScope();
        var region = Condition.Region("left-half", new ImageShape(3, 1, 2));
        var batch = new TensorExamples(tensor(new double[,] { { 1, 2, 3, 4, 5, 6 }, { 7, 8, 9, 10, 11, 12 } })).For(region);

        Assert.Equal([1, 0, 3, 0, 5, 0, 7, 0, 9, 0, 11, 0], Tensors.ToArray(batch.Features!));
        Assert.Equal([0, 1, 0, 1, 0, 1], Tensors.ToArray(batch.Target!));
    }

    [Theory]
    [InlineData("quadrants-4", null, "quadrants-4")]
    [InlineData("rectangle:0,0,4,2", null, "hides nothing")]
    [InlineData("rectangle:0,0,0,2", null, "hides all")]
    [InlineData("all-but-rectangle:0,0,4,2", null, "hides all")]
    [InlineData("rectangle:0,0,5,2", null, "exceeds images")]
    [InlineData("rectangle:2147483647,0,2147483647,2", null, "exceeds images")]
    [InlineData("rectangle:0,0,4", null, "four integers")]
    [InlineData("rectangle:0,0,4,-1", null, "four integers")]
    [InlineData("mask", "11/11/11/11", "hides nothing")]
    [InlineData("mask", "00/00/00/00", "hides all")]
    [InlineData("mask", "01/01/01", "2 by 3")]
    [InlineData("mask", "01/01/01/1", "one length")]
    [InlineData("mask", "01/01/01/1x", "0 and 1")]
    [InlineData("mask", null, "if and only if")]
    [InlineData("top-half", "11/11/00/00", "mask")]
    public void An_impossible_region_is_rejected(string visible, string? mask, string reason)
    {
        var refused = Assert.Throws<SettingsException>(() => new RegionCondition(visible, new ImageShape(1, 4, 2), mask));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_is_read_from_a_picture_white_where_it_is_visible()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["mask.png"], ImageGrid.ToPng(
            new ExampleValues(new ImageShape(1, 2, 3), [1, 0, 0, 0.9f, 0.1f, 1]), new ImageGridOptions { Scale = 1, Margin = 0 }));

        var condition = (RegionCondition)ConditionText.Parse($"mask:{folder["mask.png"]}");

        Assert.Equal("100/101", condition.Mask);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_mask_of_one_brightness_is_rejected(float brightness)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["mask.png"], ImageGrid.ToPng(
            new ExampleValues(new ImageShape(1, 1, 2), [brightness, brightness]), new ImageGridOptions { Scale = 1, Margin = 0 }));

        var error = Assert.Throws<InputException>(() => MaskFile.Read(folder["mask.png"]));
        Assert.Contains("needs both", error.Message, StringComparison.Ordinal);
    }
}
