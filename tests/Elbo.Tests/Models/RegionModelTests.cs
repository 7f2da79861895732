using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>What is visible is the condition and never the target; what is hidden is the target and never the condition.</summary>
public class RegionModelTests
{
    private const int BatchSize = 4;

    public static TheoryData<string> Names => [.. ModelVariants.Names.Where(HasRegion)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_visible_targets_leaves_terms_and_gradients_equal_to_the_bit_and_changing_hidden_ones_does_not(string name)
    {
        using var scope = NewDisposeScope();
        using var model = ModelVariants.Create(name).Model;
        var (batch, noise) = (Examples(model), Tensors.Normal(5, float32, BatchSize, model.LatentSize));
        var (features, target) = (batch.Features, batch.Target!);
        // Other values where the image is visible, at the same condition: they must not be used.
        var otherVisible = where(target.to(@bool), batch.Values, One.Minus(batch.Values));
        var otherHidden = where(target.to(@bool), One.Minus(batch.Values), batch.Values);

        var once = Differentiate(batch.Values);
        var sameTarget = Differentiate(otherVisible);
        var otherTarget = Differentiate(otherHidden);

        Assert.Equal(once, sameTarget);
        Assert.NotEqual(once, otherTarget);
        Assert.Equal(
            Tensors.ToArray(model.Terms(batch.Values, features, target, noise).Reconstruction),
            Tensors.ToArray(model.Terms(otherVisible, features, target, noise).Reconstruction));

        double[] Differentiate(Tensor x)
        {
            foreach (var parameter in model.parameters())
                parameter.grad = null;
            var terms = model.Terms(x, features, target, noise);
            var kl = terms.KlTerms.Select(term => term.Parts).ToList();
            kl.Aggregate(terms.Reconstruction.sum(), (sum, parts) => sum.Plus(parts.sum())).backward();
            return
            [
                .. Tensors.ToArray(terms.Reconstruction),
                .. kl.SelectMany(Tensors.ToArray),
                .. model.parameters().Where(parameter => parameter.grad is not null)
                    .SelectMany(parameter => Tensors.ToArray(parameter.grad!)),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changing_hidden_pixels_leaves_generation_equal_to_the_bit_and_visible_ones_are_kept(string name)
    {
        using var model = ModelVariants.Create(name).Model;
        var examples = ModelVariants.Conditions(model.Shape);
        var visible = Visible(model);
        var otherHidden = Change(examples, isHidden: true);
        var otherVisible = Change(examples, isHidden: false);

        var images = model.Sample(2, examples, seed: 1, draw: true).Values.ToArray();

        Assert.Equal(images, model.Sample(2, otherHidden, seed: 1, draw: true).Values.ToArray());
        Assert.NotEqual(images, model.Sample(2, otherVisible, seed: 1, draw: true).Values.ToArray());
        var truth = examples.ToValues().Values.ToArray();
        for (var i = 0; i < images.Length; i++)
        {
            var (image, value) = (i / model.Shape.Size, i % model.Shape.Size);
            if (visible[value])
                Assert.Equal(truth[image / 2 * model.Shape.Size + value], images[i], 1e-6f);
        }

        ImageDataset Change(ImageDataset data, bool isHidden)
        {
            var pixels = data.ToBytes();
            for (var i = 0; i < pixels.Length; i++)
            {
                if (visible[i % model.Shape.Size] != isHidden)
                    pixels[i] = (byte)(255 - pixels[i]);
            }

            return new ImageDataset(data.Shape.Image!.Value, pixels, data.Labels, data.Attributes);
        }
    }

    [Fact]
    public void Completions_of_a_picture_have_its_mean_and_the_deviation_of_each_pixel()
    {
        using var model = ModelVariants.Create("cvae-quadrant-1, bernoulli").Model;
        var pictures = ModelVariants.Conditions(model.Shape);

        var completions = Completions.Of(model, pictures, 3, seed: 2);

        Assert.Equal((3, 9, 3), (completions.Truth.Count, completions.Drawn.Count, completions.Each));
        var visible = Visible(model);
        for (var picture = 0; picture < 3; picture++)
        {
            for (var value = 0; value < model.Shape.Size; value++)
            {
                double[] three = [.. Enumerable.Range(3 * picture, 3).Select(k => (double)completions.Drawn[k][value])];
                Assert.Equal(three.Average(), completions.Mean[picture][value], 1e-6);
                var meanOfSquares = three.Average(one => one * one);
                var expected = Math.Sqrt(Math.Max(0, meanOfSquares - Math.Pow(three.Average(), 2)));
                Assert.Equal(expected, completions.Spread[picture][value], 1e-3);
                Assert.Equal(visible[value] ? completions.Truth[picture][value] : 0.5f, completions.Visible[picture][value]);
                Assert.Equal(visible[value], completions.Spread[picture][value] == 0);
            }
        }
    }

    [Fact]
    public void A_model_without_a_region_completes_nothing()
    {
        using var model = ModelVariants.Create("cvae, bernoulli").Model;
        Assert.Throws<SettingsException>(() => Completions.Of(model, ModelVariants.Conditions(model.Shape), 1));
    }

    private static bool HasRegion(string name)
    {
        using var model = ModelVariants.Create(name).Model;
        return model.Condition?.ImageFeatureCount > 0;
    }

    private static bool[] Visible(LatentVariableModel model) => [.. model.Condition!.Target!.Select(target => target == 0)];

    private static Batch Examples(GenerativeModel model) => new TensorExamples(
        Tensors.Uniform(2, float32, BatchSize, model.Shape.Size), [0, 1, 2, 1], Tensors.Normal(3, float32, BatchSize, 2))
        .For(model.Condition);
}
