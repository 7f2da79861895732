using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ConditionsTests
{
    private static readonly ImageShape Shape = new(1, 2, 2);

    [Fact]
    public void Joined_conditions_have_their_features_side_by_side()
    {
        using var scope = NewDisposeScope();
        var condition = Condition.Joined(Condition.Label(2), Condition.Attributes(3), Condition.Region("top"));
        var batch = new Batch(
            tensor(new float[] { 1, 2, 3, 4 }, [1, 4]), tensor(new long[] { 1 }), tensor(new float[] { 7, 8, 9 }, [1, 3]));

        Assert.Equal(7, condition.FeatureCount(Shape));
        Assert.Equal([0, 1, 7, 8, 9, 1, 2], Tensors.ToArray(condition.Features(batch, Shape)).Select(value => (int)value));
        Assert.Equal([false, false, true, true], condition.Hidden(Shape)!);
    }

    [Theory]
    [InlineData("label", "label")]
    [InlineData("label:7", "label")]
    [InlineData("attributes", "attributes")]
    [InlineData("region:top", "region")]
    [InlineData("label+attributes+region:all-but:rectangle:0:0:1:1", "joined")]
    public void A_condition_is_read_from_its_written_form_and_back_from_json(string text, string kind)
    {
        var condition = Conditions.Parse(text)!;

        var json = Json.Write(condition);

        Assert.Contains($"\"kind\": \"{kind}\"", json, StringComparison.Ordinal);
        Assert.Equal(json, Json.Write(Json.Read<Condition>(json, "test")));
        Assert.Null(Conditions.Parse("none"));
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("label:x")]
    [InlineData("label:-2")]
    [InlineData("region")]
    [InlineData("region:top+region:left")]
    public void What_is_no_condition_is_refused(string text) => Assert.Throws<ConfigurationException>(() => Conditions.Parse(text));

    [Fact]
    public void The_data_says_how_many_labels_and_attributes_there_are()
    {
        var images = new ImageDataset(Shape, new byte[8], new byte[] { 0, 4 }, new float[] { 1, 2, 3, 4, 5, 6 });
        var dataset = new Dataset("small", images, images);

        Assert.Equal(Condition.Label(5), new LabelCondition(0).FitTo(dataset));
        Assert.Equal(Condition.Attributes(3), new AttributesCondition(0).FitTo(dataset));
        Assert.Throws<ConfigurationException>(() => new AttributesCondition(2).FitTo(dataset));
        Assert.Throws<ConfigurationException>(() => Cvae.Create(Shape, new LabelCondition(0)));
        var bare = new ImageDataset(Shape, new byte[8]);
        Assert.Throws<DataException>(() => new AttributesCondition(0).FitTo(new Dataset("bare", bare, bare)));
        Assert.Throws<DataException>(() => Condition.Attributes(3).Check(bare));
    }

    [Fact]
    public void Attributes_travel_with_their_images_through_subsets_and_batches()
    {
        using var scope = NewDisposeScope();
        var images = new ImageDataset(Shape, new byte[12], attributes: new float[] { 1, 2, 3, 4, 5, 6 }).Subset([2, 0]);
        using var tensors = new TensorDataset(images, Binarization.None, 0, RandomPurpose.Binarization, CPU);

        var batch = tensors.Gather(tensor(new long[] { 1, 0 }), 1, 0);

        Assert.Equal([1, 2, 5, 6], Tensors.ToArray(batch.Attributes!).Select(value => (int)value));
        Assert.NotEqual(images.Sha256, new ImageDataset(Shape, new byte[8]).Sha256);
        Assert.Throws<DataException>(() => new ImageDataset(Shape, new byte[12], attributes: new float[] { 1, 2, 3, 4 }));
        Assert.Throws<DataException>(() => new ImageDataset(Shape, new byte[12], attributes: new float[] { 1, 2, float.NaN }));
    }
}
