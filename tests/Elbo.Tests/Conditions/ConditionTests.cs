using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ConditionTests
{
    private static readonly ImageShape Shape = new(1, 4, 2);

    private static readonly Dataset Data = new("data", Part(0, 1, 2), Part(1, 2, 3));

    public static TheoryData<string> Texts => ["label", "attributes", "quadrants-1", "rectangle:0,0,1,1", "label+top-half+attributes"];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_condition_is_the_same_after_it_was_written_and_read(string text)
    {
        var condition = ConditionText.Parse(text).For(Data);

        var again = Json.Read<Condition>(Json.Write(condition), "here");

        Assert.Equal(condition, again);
        Assert.Equal(condition.GetHashCode(), again.GetHashCode());
        Assert.Equal(condition, again.For(Data));
        Assert.Equal(Json.Write(condition), Json.Write(again));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_a_condition_leaves_open_is_written_and_read_and_no_model_is_made_of_it(string text)
    {
        var open = Json.Read<Condition>(Json.Write(ConditionText.Parse(text)), "here");

        Assert.Throws<SettingsException>(() => Cvae.Create(Shape, open));
        Assert.Equal(ConditionText.Parse(text).For(Data), open.For(Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("labels")]
    [InlineData("region")]
    [InlineData("joined")]
    [InlineData("label+")]
    [InlineData("quadrants-1+top-half")]
    public void Other_texts_are_rejected(string text) => Assert.Throws<SettingsException>(() => ConditionText.Parse(text));

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_feature_count_of_a_condition_equals_the_width_of_its_features(string text)
    {
        using var scope = NewDisposeScope();
        var condition = ConditionText.Parse(text).For(Data);
        using var tensors = new TensorDataset(Data.Train, Binarization.None, 0, RandomPurpose.Noise, CPU);
        var batch = tensors.Slice(0, 3);

        var target = condition.Target(batch)?.expand(3, Shape.Pixels).sum(-1) ?? full(3, Number(Shape.Pixels), float32);
        Assert.All(Tensors.ToArray(target), count => Assert.Equal(condition.TargetCount(Shape), count));
        Assert.Equal(condition.GroupCount is null, condition.Groups(batch) is null);
        if (condition.Groups(batch) is { } groups)
            Assert.All(Tensors.ToArray(groups), group => Assert.InRange(group, 0, condition.GroupCount!.Value - 1));
    }

    [Fact]
    public void Attributes_are_seen_with_a_mean_of_zero_and_a_deviation_of_one()
    {
        using var scope = NewDisposeScope();
        var condition = Condition.Attributes(Data);
        using var tensors = new TensorDataset(Data.Train, Binarization.None, 0, RandomPurpose.Noise, CPU);

        var features = Tensors.ToArray(condition.Features(tensors.Slice(0, 3)).t());

        // Of -1, 0 and 1, and of a column that never changes.
        Assert.Equal([-Math.Sqrt(1.5), 0, Math.Sqrt(1.5), 0, 0, 0], features, (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void A_joined_condition_has_the_features_of_its_parts_and_the_target_of_its_region()
    {
        using var scope = NewDisposeScope();
        using var tensors = new TensorDataset(Data.Train, Binarization.None, 0, RandomPurpose.Noise, CPU);
        var batch = tensors.Slice(0, 3);
        Condition[] parts = [Condition.Label(4), Condition.Region("top-half", Shape), Condition.Attributes(Data)];

        var joined = Condition.Join(parts);

        Assert.Equal(4 + 8 + 2, joined.FeatureCount);
        var expected = cat([.. new[] { 1, 0, 2 }.Select(part => parts[part].Features(batch))], 1);
        Assert.Equal(Tensors.ToArray(expected), Tensors.ToArray(joined.Features(batch)));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], Tensors.ToArray(joined.Target(batch)!));
    }

    [Fact]
    public void Data_without_the_values_of_a_condition_is_rejected()
    {
        var bare = new ImageDataset(Shape, new byte[Shape.Pixels]);
        var dataset = new Dataset("bare", bare, bare);

        Assert.Throws<InputException>(() => new LabelCondition().For(dataset));
        Assert.Throws<InputException>(() => new AttributesCondition().For(dataset));
        Assert.Throws<InputException>(() => Condition.Attributes(Data).Check(bare));
        Assert.Throws<InputException>(() => Condition.Label(3).Check(Data.Test));
        Assert.Throws<InputException>(() => Condition.Region("top-half", new ImageShape(1, 2, 2)).Check(bare));
        Assert.Throws<SettingsException>(() => Condition.Label(0));
        Assert.Throws<SettingsException>(() => Condition.Join(Condition.Label(3)));
    }

    private static ImageDataset Part(params byte[] labels) => new(
        Shape, new byte[labels.Length * Shape.Pixels], labels, new ExampleAttributes(2, [-1, 5, 0, 5, 1, 5]));
}
