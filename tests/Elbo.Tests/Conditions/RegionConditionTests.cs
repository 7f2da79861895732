using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class RegionConditionTests
{
    private static readonly ImageShape Shape = new(1, 4, 4);

    // Rows of what is seen, written down by hand from the convention of the published experiments.
    [Theory]
    [InlineData("quadrants-1", "0000/0000/1100/1100")]
    [InlineData("quadrants-2", "1100/1100/1100/1100")]
    [InlineData("quadrants-3", "1111/1111/1100/1100")]
    [InlineData("top", "1111/1111/0000/0000")]
    [InlineData("bottom", "0000/0000/1111/1111")]
    [InlineData("left", "1100/1100/1100/1100")]
    [InlineData("right", "0011/0011/0011/0011")]
    [InlineData("rectangle:1:2:2:1", "0000/0010/0010/0000")]
    [InlineData("all-but:rectangle:1:2:2:1", "1111/1101/1101/1111")]
    [InlineData("mask:1000/0100/0010/0001", "1000/0100/0010/0001")]
    public void A_region_is_where_its_name_says(string region, string seen)
    {
        var hidden = Condition.Region(region).Hidden(Shape);

        Assert.Equal(seen.Replace("/", "", StringComparison.Ordinal), string.Concat(hidden.Select(value => value ? '0' : '1')));
    }

    [Fact]
    public void The_features_are_the_visible_values_of_every_channel_and_nothing_else()
    {
        using var scope = NewDisposeScope();
        var shape = new ImageShape(3, 2, 2);
        var condition = Condition.Region("mask:10/01");
        var pixels = arange(0, 24, float32).reshape(2, 12);

        var features = condition.Features(new Batch(pixels, null), shape);

        Assert.Equal(6, condition.FeatureCount(shape));
        Assert.Equal([0, 3, 4, 7, 8, 11, 12, 15, 16, 19, 20, 23], Tensors.ToArray(features).Select(value => (int)value));
    }

    [Fact]
    public void Changing_visible_targets_leaves_the_loss_and_its_gradient_bit_equal_and_changing_hidden_ones_does_not()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var pixels = Tensors.Uniform(1, float32, 5, Shape.Pixels);
        var hidden = tensor(model.Condition!.Hidden(Shape)!.Select(value => value ? 1f : 0f).ToArray());
        var features = model.Features(new Batch(pixels, null));
        var epsilon = Tensors.Normal(2, float32, 5, model.LatentSize);

        var first = Loss(pixels);
        var visibleChanged = Loss(pixels * hidden + (1 - pixels) * (1 - hidden));
        var hiddenChanged = Loss(pixels * (1 - hidden) + (1 - pixels) * hidden);

        Assert.Equal(first, visibleChanged);
        Assert.NotEqual(first[0], hiddenChanged[0]);

        // The loss, and what it asks of every parameter.
        double[] Loss(Tensor targets)
        {
            using var workspace = new Workspace();
            using var gradients = new ParameterGradients();
            using var _ = no_grad();
            var objective = new WeightedObjective(new(), true);
            var derivative = new BoundDerivative(workspace, gradients);
            var terms = model.Terms(targets, features, epsilon, derivative);
            derivative.Back(objective.Gradient(terms, objective.FinalWeights));
            double[] all = [objective.Loss(terms, objective.FinalWeights).item<float>(), .. model.parameters().SelectMany(each => Tensors.ToArray(each.grad!))];
            foreach (var parameter in model.parameters())
                parameter.grad = null;
            return all;
        }
    }

    [Fact]
    public void A_completion_keeps_what_is_visible_and_never_looks_at_what_is_hidden()
    {
        using var model = Model();
        var hidden = model.Condition!.Hidden(Shape)!;
        var pixels = new byte[3 * Shape.Pixels];
        new Random(4).NextBytes(pixels);
        byte[] others = [.. pixels.Select((value, index) => hidden[index % Shape.Pixels] ? (byte)(255 - value) : value)];

        var completed = model.Complete(new ImageDataset(Shape, pixels), 4, seed: 2, draw: true);
        var again = model.Complete(new ImageDataset(Shape, others), 4, seed: 2, draw: true);

        Assert.Equal(completed.Values.ToArray(), again.Values.ToArray());
        for (var i = 0; i < completed.Values.Length; i++)
        {
            var (image, value) = (i / Shape.Pixels / 4, i % Shape.Pixels);
            if (!hidden[value])
                Assert.Equal(pixels[image * Shape.Pixels + value] / 255f, completed.Values.Span[i]);
        }
    }

    [Theory]
    [InlineData("rectangle:0:0:4:4")]
    [InlineData("rectangle:5:5:1:1")]
    [InlineData("mask:111/111/111")]
    public void A_region_that_shows_all_or_nothing_or_is_of_another_size_is_refused_before_training(string region)
    {
        var data = new ImageDataset(Shape, new byte[2 * Shape.Pixels]);
        Assert.Throws<ConfigurationException>(() => Condition.Region(region).Check(data));
        Assert.Throws<ConfigurationException>(() => Cvae.Create(Shape, Condition.Region(region)));
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("rectangle:1:2:3")]
    [InlineData("rectangle:-1:2:3:4")]
    [InlineData("all-but:")]
    [InlineData("")]
    public void What_is_no_region_is_refused(string region) =>
        Assert.Throws<ConfigurationException>(() => Condition.Region(region));

    [Fact]
    public void A_png_is_a_mask_whose_bright_part_is_seen()
    {
        using var folder = new TemporaryFolder();
        var path = folder["mask.png"];
        ImageGrid.Save(
            path, new Images(new ImageShape(1, 2, 2), [1, 0, 0.4f, 0.6f]), new ImageGridOptions { Margin = 0, Scale = 1, Columns = 1 });

        var condition = Assert.IsType<RegionCondition>(Elbo.Conditions.Parse($"region:{path}"));

        Assert.Equal("mask:10/01", condition.Visible);
    }

    private static LatentVariableModel Model() => Cvae.Create(
        Shape,
        Condition.Region("quadrants-1"),
        new() { LatentSize = 3, Prior = "mean-variance", Network = new() { Hidden = [9], PriorHidden = [6] } },
        seed: 3);
}
