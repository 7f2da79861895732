using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo.Tests;

public partial class ConditionsTests
{
    static ConditionsTests()
    {
        Conditions.Register("threshold", () => new ThresholdCondition(), OwnJson.Default.ThresholdCondition);
        Conditions.RegisterByReflection("Range", () => new RangeCondition());
    }

    [Theory]
    [InlineData("label", "{\"kind\":\"label\",\"count\":0}")]
    [InlineData("threshold", "{\"kind\":\"threshold\",\"least\":3,\"named\":\"it\"}")]
    [InlineData("range", "{\"kind\":\"Range\",\"ends\":[2]}")]
    [InlineData("parity", "{\"kind\":\"parity\"}")]
    public void A_registered_kind_is_written_with_its_kind_first_and_named_in_any_case(string name, string json)
    {
        var condition = ConditionText.Parse(name);

        Assert.Equal(json, Json.OneLine(Json.ToNode(condition)!));
        Assert.Equal(condition, Json.Read<Condition>(json, "here"));
        Assert.Equal(condition, Json.Read<Condition>($"{{\"kind\": \"{name.ToUpperInvariant()}\"}}", "here"));
        Assert.Equal(condition, ConditionText.Parse(name.ToUpperInvariant()));
    }

    [Fact]
    public void Settings_of_registered_kinds_are_read_as_strictly_as_those_of_Elbo()
    {
        Assert.Equal(new ThresholdCondition(5) { Named = null }, Read("{\"named\": null, \"least\": 5, \"kind\": \"threshold\"}"));
        Assert.Equal(
            Condition.Join(new RangeCondition { Ends = [1, 2] }, new ThresholdCondition(4)),
            Read("{\"kind\": \"joined\", \"parts\": [{\"kind\": \"range\", \"ends\": [1, 2]}, {\"kind\": \"Threshold\", \"least\": 4}]}"));
        Assert.Contains("model.condition.most", Failure("{\"kind\": \"threshold\", \"most\": 1}"), StringComparison.Ordinal);
        Assert.Contains("model.condition.least", Failure("{\"kind\": \"threshold\", \"least\": \"1\"}"), StringComparison.Ordinal);
        Assert.Contains("model.condition.ends", Failure("{\"kind\": \"range\", \"ends\": null}"), StringComparison.Ordinal);

        static Condition? Read(string condition) =>
            Json.Read<RunConfiguration>($"{{\"model\": {{\"condition\": {condition}}}}}", "here").Model.Condition;

        static string Failure(string condition) => Assert.Throws<SettingsException>(() => Read(condition)).Message;
    }

    [Fact]
    public void An_unknown_kind_is_answered_with_the_known_ones()
    {
        const string sentence = "Unknown condition 'odd': choose one of label, attributes,";

        var read = Assert.Throws<SettingsException>(() => Json.Read<Condition>("{\"kind\": \"odd\"}", "here"));
        var parsed = Assert.Throws<SettingsException>(() => ConditionText.Parse("odd"));

        Assert.StartsWith(sentence, read.Message, StringComparison.Ordinal);
        Assert.StartsWith(sentence, parsed.Message, StringComparison.Ordinal);
        Assert.All(Conditions.Names, name => Assert.Contains(name, read.Message, StringComparison.Ordinal));
        Assert.Contains("threshold", parsed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label", "exists already")]
    [InlineData("LABEL", "exists already")]
    [InlineData("Quadrants-1", "exists already")]
    [InlineData("a+b", "letters, digits and hyphens")]
    [InlineData("mask:x", "letters, digits and hyphens")]
    [InlineData("", "empty")]
    [InlineData("other", "already registered as 'threshold'")]
    public void A_name_or_a_type_is_registered_once(string name, string part)
    {
        var thrown = Assert.ThrowsAny<ArgumentException>(() => Conditions.Register(name, () => new ThresholdCondition()));

        Assert.Contains(part, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("other", Conditions.Names);
    }

    [Fact]
    public void Settings_that_would_be_lost_are_refused()
    {
        Conditions.Register("forgetful", () => new ForgetfulCondition(1));

        Assert.Contains("forgetful", Json.Write<Condition>(new ForgetfulCondition(1)), StringComparison.Ordinal);
        var thrown = Assert.Throws<InvalidOperationException>(() => Json.Write<Condition>(new ForgetfulCondition(2)));
        Assert.Contains("JsonTypeInfo", thrown.Message, StringComparison.Ordinal);
    }

    internal abstract record OwnCondition : Condition
    {
        [JsonIgnore]
        public override int FeatureCount => 1;

        public override void WriteFeatures(ExampleRows examples, Span<float> features)
        {
        }

        public override void Check(ExampleSet data)
        {
        }
    }

    internal sealed record ThresholdCondition(int Least = 3) : OwnCondition
    {
        public string? Named { get; init; } = "it";
    }

    internal sealed record RangeCondition : OwnCondition
    {
        public IReadOnlyList<int> Ends { get; init; } = [2];

        public bool Equals(RangeCondition? other) => other is not null && Ends.SequenceEqual(other.Ends);

        public override int GetHashCode() => Ends.Count;
    }

    internal sealed record ForgetfulCondition(int Least) : OwnCondition;

    // Other names for properties than a configuration has, as by default.
    [JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
    [JsonSerializable(typeof(ThresholdCondition))]
    private sealed partial class OwnJson : JsonSerializerContext;
}
