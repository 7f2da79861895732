namespace Elbo;

/// <summary>The distribution of the noise that a latent variable is drawn from.</summary>
public enum NoiseKind
{
    /// <summary>N(0, 1) in each dimension.</summary>
    Normal,

    /// <summary>Uniform on (0, 1) in each dimension.</summary>
    Uniform,
}
