using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Computes the loss of a batch, its terms, and the gradient of every parameter, and takes a step along it.</summary>
internal interface IGradientPath : IDisposable
{
    /// <summary>Its name in run.json and in a profile.</summary>
    string Name { get; }

    /// <summary>Whether it computes on threads of its own, so that libtorch's would compete with them for the cores.</summary>
    bool HasOwnThreads => false;

    /// <summary>Runs a forward and a backward pass, and stores the gradients in the parameters, which must have none before.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">The noise of their codes.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <param name="clock">Measures the time of the two passes.</param>
    /// <returns>
    /// The terms of each example, without gradients, which are valid until the next step, and the loss. Of a batch that several processes
    /// share (<see cref="Batch.Share"/>) the loss is that of the whole batch, and the gradients are this process's part: their sum over the
    /// processes is the batch's.
    /// </returns>
    (BoundTerms Terms, Tensor Loss) Compute(Batch batch, Noise noise, TermWeights weights, TrainingClock clock);

    /// <summary>
    /// Computes the gradients, and updates the parameters by Adam. On a processor the parameters stay as they are where the loss is not
    /// finite; on other devices, where reading it would wait for all queued work, they do not.
    /// </summary>
    /// <param name="batch">The examples.</param>
    /// <param name="noise">The noise of their codes.</param>
    /// <param name="weights">The weights of the terms.</param>
    /// <param name="clock">Measures the time of the two passes.</param>
    /// <param name="optimizer">The moments of the parameters.</param>
    /// <param name="learningRate">The step size.</param>
    /// <returns>
    /// The terms of each example, without gradients, which are valid until the next step, and the loss, both before the step.
    /// </returns>
    (BoundTerms Terms, Tensor Loss) Step(
        Batch batch, Noise noise, TermWeights weights, TrainingClock clock, FusedAdam optimizer, double learningRate)
    {
        var (terms, loss) = Compute(batch, noise, weights, clock);
        if (loss.device_type != DeviceType.CPU || Finiteness.IsFinite(loss))
            Update(optimizer, learningRate);
        else
            optimizer.DiscardGradients();
        return (terms, loss);
    }

    /// <summary>Updates every parameter that has a gradient by Adam, and clears the gradients.</summary>
    /// <param name="optimizer">The moments of the parameters.</param>
    /// <param name="learningRate">The step size.</param>
    void Update(FusedAdam optimizer, double learningRate) => optimizer.Step(learningRate);
}
