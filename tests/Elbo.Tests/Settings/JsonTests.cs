namespace Elbo.Tests;

public class JsonTests
{
    [Theory]
    [InlineData("{\"kind\": \"label\", \"count\": 10}")]
    [InlineData("{\"count\": 10, \"kind\": \"label\"}")]
    public void The_kind_of_a_condition_may_be_at_any_position(string condition) =>
        Assert.Equal(Condition.Label(10), Json.Read<ModelOptions>($"{{\"condition\": {condition}}}", "a file").Condition);

    [Theory]
    [InlineData("{\"latentSize\": \"3\"}", "model.latentSize: The JSON value could not be converted to System.Int32.")]
    [InlineData("{\"network\": {\"hidden\": [1, 1.5]}}", "model.network.hidden[1]: The JSON value could not be converted to System.Int32.")]
    [InlineData("{\"network\": {\"hidden\": null}}", "model.network.hidden: it cannot be null.")]
    [InlineData("{\"network\": null}", "model.network: it cannot be null.")]
    [InlineData("{\"sigma\": true}", "model.sigma: The JSON value could not be converted to System.Nullable`1[System.Double].")]
    [InlineData("{\"condition\": {\"kind\": \"region\", \"mask\": 1}}", "model.condition.mask: The JSON value could not be converted to")]
    [InlineData("{\"condition\": {\"count\": 1}}", "model.condition: it lacks its \"kind\".")]
    [InlineData("{\"width\": 3}", "model.width: The JSON property 'width' could not be mapped to any .NET member")]
    [InlineData("{\"prior\": \"mean\", \"prior\": \"mean\"}", "model.prior: Duplicate property 'prior'")]
    [InlineData("{\"prior\": \"mean\",, }", "model: ',' is an invalid start of a property name.")]
    public void An_error_names_the_setting_and_what_is_wrong(string model, string sentence)
    {
        var thrown = Assert.Throws<SettingsException>(() => Json.Read<RunConfiguration>($"{{\"model\": {model}}}", "a file"));
        Assert.StartsWith("a file cannot be read at " + sentence, thrown.Message, StringComparison.Ordinal);
    }

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
