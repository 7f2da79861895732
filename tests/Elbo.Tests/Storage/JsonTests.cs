namespace Elbo.Tests;

public class JsonTests
{
    [Theory]
    [InlineData("{\"kind\": \"label\", \"count\": 10}")]
    [InlineData("{\"count\": 10, \"kind\": \"label\"}")]
    public void The_kind_of_a_condition_may_be_at_any_position(string condition) =>
        Assert.Equal(Condition.Label(10), Json.Read<ModelOptions>($"{{\"condition\": {condition}}}", "a file").Condition);

    [Theory]
    [InlineData("{\"count\": 10}")]
    [InlineData("{\"kind\": \"region\"}")]
    [InlineData("{\"kind\": \"joined\"}")]
    [InlineData("{\"kind\": \"joined\", \"parts\": [{\"kind\": \"label\"}]}")]
    [InlineData("{\"kind\": \"label\", \"count\": -1}")]
    [InlineData("{\"kind\": \"label\", \"count\": 65537}")]
    [InlineData("[10]")]
    public void An_invalid_condition_is_rejected_with_one_sentence(string condition)
    {
        var thrown = Assert.Throws<SettingsException>(
            () => Json.Read<ModelOptions>($"{{\"condition\": {condition}}}", "a file"));
        Assert.EndsWith(".", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("condition", thrown.Message, StringComparison.Ordinal);
    }
}
