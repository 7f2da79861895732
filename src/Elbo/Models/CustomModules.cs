using TorchSharp;

namespace Elbo;

/// <summary>
/// Networks of your own in the place of <see cref="ModelOptions.Network"/>. The model that gets them owns and disposes them. Only your
/// program can build them, so a run of such a model is opened with <see cref="Run.Load"/> and a model.
/// </summary>
/// <param name="Encoder">
/// A TorchSharp module from values <c>[batch, values]</c> (and, with two inputs, the condition's features; those of a region are in their
/// place in the image, and null stands for no others) to <c>[batch, 2 * LatentSize]</c>, the means and raw log-variances; null for the
/// network of the options.
/// </param>
/// <param name="Decoder">
/// A module from codes <c>[batch, LatentSize]</c> (and, with two inputs, the condition's features) to the likelihood's parameters
/// <c>[batch, parameters * values]</c>, in the order that <see cref="Likelihood"/> describes; null for the network of the options.
/// </param>
/// <remarks>
/// A module that draws random numbers, such as a dropout, takes them from TorchSharp's global generator: then a seed no longer gives the
/// same run.
/// </remarks>
public sealed record CustomModules(torch.nn.Module? Encoder = null, torch.nn.Module? Decoder = null);
