using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ConditionTests
{
    private static readonly ImageShape Shape = new(1, 4, 2);

    private static readonly Dataset Data = new("data", Part(0, 1, 2), Part(1, 2, 0));

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
        var batch = Reader(condition).Slice(0, 3);

        Assert.Equal([3, condition.FeatureCount], batch.Features!.shape);
        Assert.Equal(condition.TargetCount(Shape), batch.Target is null ? Shape.Pixels : batch.Target.sum().item<float>());
        Assert.Equal(condition.GroupCount is null, batch.Groups is null);
        if (batch.Groups is { } groups)
            Assert.All(Tensors.ToArray(groups), group => Assert.InRange(group, 0, condition.GroupCount!.Value - 1));
    }

    [Fact]
    public void Attributes_are_seen_with_a_mean_of_zero_and_a_deviation_of_one()
    {
        using var scope = NewDisposeScope();
        var condition = Condition.Attributes(Data);

        var features = Tensors.ToArray(Reader(condition).Slice(0, 3).Features!.t());

        // Of -1, 0 and 1, and of a column that never changes.
        Assert.Equal([-Math.Sqrt(1.5), 0, Math.Sqrt(1.5), 0, 0, 0], features, (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void A_joined_condition_has_the_features_of_its_parts_and_the_target_of_its_region()
    {
        using var scope = NewDisposeScope();
        Condition[] parts = [Condition.Label(4), Condition.Region("top-half", Shape), Condition.Attributes(Data)];

        var joined = Condition.Join(parts);

        Assert.Equal(4 + 8 + 2, joined.FeatureCount);
        var expected = cat([.. new[] { 1, 0, 2 }.Select(part => Reader(parts[part]).Slice(0, 3).Features!)], 1);
        var batch = Reader(joined).Slice(0, 3);
        Assert.Equal(Tensors.ToArray(expected), Tensors.ToArray(batch.Features!));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], Tensors.ToArray(batch.Target!));
    }

    [Fact]
    public void Data_without_the_values_of_a_condition_is_rejected()
    {
        var bare = new ImageDataset(Shape, new byte[Shape.Pixels]);
        var dataset = new Dataset("bare", bare, bare);

        Assert.Throws<InputException>(() => new LabelCondition().For(dataset));
        Assert.Throws<InputException>(() => new AttributesCondition().For(dataset));
        Assert.Throws<InputException>(() => Condition.Attributes(Data).Check(bare));
        Assert.Throws<InputException>(() => Condition.Label(2).Check(Data.Test));
        Assert.Throws<InputException>(() => Condition.Region("top-half", new ImageShape(1, 2, 2)).Check(bare));
        Assert.Throws<SettingsException>(() => Condition.Label(0));
        Assert.Throws<SettingsException>(() => Condition.Join(Condition.Label(3)));
    }

    private static BatchReader Reader(Condition condition) =>
        new(Data.Train, Binarization.None, 0, RandomPurpose.Noise, CPU, condition);

    private static ImageDataset Part(params int[] labels) => new(
        Shape,
        new byte[labels.Length * Shape.Pixels],
        labels,
        new RowDataset(ValueShape.Vector(2), new[] { -1.0, 5, 0, 5, 1, 5 }));
}
