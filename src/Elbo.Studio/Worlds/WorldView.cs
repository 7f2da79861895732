namespace Elbo.Studio;

/// <summary>A world ready to be laid out: pictures as addresses and strings, made on the thread that computes.</summary>
internal sealed record WorldView(BundledModel Model, PlaneFrame Frame, string Plane, int Codes, string Samples);
