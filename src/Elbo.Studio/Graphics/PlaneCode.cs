namespace Elbo.Studio;

/// <summary>The posterior q(z|x,c) of one image in the latent plane.</summary>
/// <param name="Index">The index of the image in its split.</param>
/// <param name="Label">The label of the image; -1 where it has none.</param>
/// <param name="X">mu of the first dimension.</param>
/// <param name="Y">mu of the second.</param>
/// <param name="DeviationX">sigma of the first dimension; 0 for an autoencoder, whose codes are points.</param>
/// <param name="DeviationY">sigma of the second dimension.</param>
internal readonly record struct PlaneCode(int Index, int Label, double X, double Y, double DeviationX, double DeviationY);
