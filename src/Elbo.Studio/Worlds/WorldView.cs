namespace Elbo.Studio;

/// <summary>A world in displayable form, with images as data URLs and the plane as SVG content, prepared on the compute thread.</summary>
internal sealed record WorldView(BundledModel Model, PlaneFrame Frame, string Plane, int Codes, string Samples);
