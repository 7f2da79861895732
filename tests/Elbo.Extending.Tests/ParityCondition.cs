namespace Extending;

// begin
/// <summary>A condition on whether the label is even or odd; which of these labels it is stays for z to say.</summary>
internal sealed record ParityCondition : Condition
{
    public override int FeatureCount => 2;

    public override void WriteFeatures(ExampleRows examples, Span<float> features)
    {
        for (var i = 0; i < examples.Count; i++)
            features[2 * i + examples.Labels[i] % 2] = 1;
    }

    public override GraphValue Describe(GraphInputs inputs)
    {
        var labels = inputs.Labels().Reshape(-1, 1).To(GraphType.Double);
        var isOdd = labels - (labels / 2 - 0.25).Round() * 2;
        return (1 - isOdd).Beside(isOdd).To(GraphType.Float);
    }

    public override void Check(ExampleSet data)
    {
        if (!data.HasLabels)
            throw new InputException("The model is conditioned on even and odd labels, but the data has none: choose another model.");
    }
}
// end
