namespace Elbo.Tests;

public class JsonTests
{
    [Theory]
    [InlineData("{\"kind\": \"label\", \"count\": 10}")]
    [InlineData("{\"count\": 10, \"kind\": \"label\"}")]
    public void A_condition_names_its_kind_at_any_place(string condition) =>
        Assert.Equal(Condition.Label(10), Json.Read<ModelOptions>($"{{\"condition\": {condition}}}", "a file").Condition);

    [Theory]
    [InlineData("{\"count\": 10}")]
    [InlineData("{\"kind\": \"region\"}")]
    [InlineData("{\"kind\": \"joined\"}")]
    [InlineData("{\"kind\": \"joined\", \"parts\": [{\"kind\": \"label\"}]}")]
    [InlineData("{\"kind\": \"label\", \"count\": -1}")]
    [InlineData("{\"kind\": \"label\", \"count\": 257}")]
    [InlineData("[10]")]
    public void What_is_no_condition_is_refused_with_a_sentence(string condition)
    {
        var refused = Assert.Throws<ConfigurationException>(
            () => Json.Read<ModelOptions>($"{{\"condition\": {condition}}}", "a file"));
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.Contains("condition", refused.Message, StringComparison.Ordinal);
    }
}
