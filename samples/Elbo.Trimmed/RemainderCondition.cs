using System.Text.Json.Serialization;

namespace Elbo.Trimmed;

// begin condition
/// <summary>A condition on the remainder of the label by a divisor.</summary>
internal sealed record RemainderCondition(int Divisor = 2) : Condition
{
    [JsonIgnore]
    public override int FeatureCount => Divisor;

    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        for (var i = 0; i < examples.Count; i++)
            features[i * Divisor + examples.Labels[i] % Divisor] = 1;
    }

    public override void Check(ExampleSet data)
    {
        if (!data.HasLabels)
            throw new InputException("The model is conditioned on the remainder of a label, but the data has none.");
    }
}

/// <summary>The generated code that reads and writes its settings.</summary>
[JsonSerializable(typeof(RemainderCondition))]
internal sealed partial class OwnJson : JsonSerializerContext;
// end
