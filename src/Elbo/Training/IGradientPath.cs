using static TorchSharp.torch;

namespace Elbo;

/// <summary>A way to compute the loss of a batch, its terms, and the gradient of every parameter.</summary>
internal interface IGradientPath : IDisposable
{
    /// <summary>Its name in run.json and in a profile.</summary>
    string Name { get; }

    /// <summary>Does a forward and a backward pass, and leaves the gradients in the parameters, which have none before.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">The noise of their codes.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <param name="clock">Where the time of the two passes is counted.</param>
    /// <returns>The terms of each example, without gradients, and the loss.</returns>
    (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock);
}
