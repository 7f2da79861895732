namespace Elbo.Studio;

/// <summary>The code of an image in a latent plane: the mean and sigma of q(z|x), sigma 0 where the code is a point.</summary>
internal readonly record struct PlaneCode(double X, double Y, double SigmaX, double SigmaY, int Label);
