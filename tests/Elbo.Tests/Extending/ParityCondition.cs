using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

// begin
/// <summary>A condition on whether the label is even or odd; which of these labels it is stays for z to say.</summary>
internal sealed record ParityCondition : Condition
{
    [JsonIgnore]
    public override int FeatureCount => 2;

    public override Tensor Features(Batch batch)
    {
        var labels = batch.Labels ?? throw new InputException("The model is conditioned on even and odd labels, but the data has none.");
        return nn.functional.one_hot(labels.remainder(Number(2)), 2).to(batch.Pixels.dtype);
    }

    public override void Check(ImageDataset data)
    {
        if (!data.HasLabels)
            throw new InputException("The model is conditioned on even and odd labels, but the data has none: choose another model.");
    }

    // It leaves nothing open, and is for images of any shape.
    internal override void Validate(ImageShape shape)
    {
    }
}
// end
