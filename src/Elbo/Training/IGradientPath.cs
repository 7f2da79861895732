using static TorchSharp.torch;

namespace Elbo;

/// <summary>Computes the loss of a batch, its terms, and the gradient of every parameter.</summary>
internal interface IGradientPath : IDisposable
{
    /// <summary>Its name in run.json and in a profile.</summary>
    string Name { get; }

    /// <summary>Runs a forward and a backward pass, and stores the gradients in the parameters, which must have none before.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">The noise of their codes.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <param name="clock">Measures the time of the two passes.</param>
    /// <returns>The terms of each example, without gradients, and the loss.</returns>
    (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock);
}
