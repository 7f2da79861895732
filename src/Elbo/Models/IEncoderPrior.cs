namespace Elbo;

/// <summary>A prior made of the encoder's posteriors; it gets the encoder when the model is built.</summary>
internal interface IEncoderPrior
{
    /// <summary>Sets the encoder, which belongs to the model: its parameters are not the prior's.</summary>
    void Use(Encoder encoder);
}
