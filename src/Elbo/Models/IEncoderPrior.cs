namespace Elbo;

/// <summary>A prior made of the encoder's own posteriors: the model gives it the encoder when it is put together.</summary>
internal interface IEncoderPrior
{
    /// <summary>Takes the encoder, which stays the model's: its parameters are not the prior's.</summary>
    void Use(Encoder encoder);
}
