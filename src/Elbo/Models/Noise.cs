using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The noise of a pass: a tensor per latent group, <c>[batch, size]</c>, or <c>[draws, batch, size]</c> for several draws.
/// </summary>
/// <param name="groups">One tensor per group, in the order of the model's groups.</param>
/// <remarks>The tensors stay the caller's to dispose.</remarks>
public sealed class Noise(params IReadOnlyList<Tensor> groups)
{
    /// <summary>The noise of a group.</summary>
    /// <param name="group">Which, from 0.</param>
    public Tensor this[int group] => groups[group];

    /// <summary>The number of groups.</summary>
    public int Count => groups.Count;

    /// <summary>The noise of a model with a single group.</summary>
    /// <param name="noise">Its tensor.</param>
    public static implicit operator Noise(Tensor noise) => new(noise);

    /// <summary>The noise of a model with a single group.</summary>
    /// <param name="noise">Its tensor.</param>
    /// <returns>The noise.</returns>
    public static Noise FromTensor(Tensor noise) => new(noise);

    /// <summary>Noise for some examples: the noise of an example depends only on the stream and its index.</summary>
    /// <param name="groups">The model's groups.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="examples">The indices of the examples in the data as given.</param>
    /// <param name="draws">The number of draws; 1 for noise without a dimension for them.</param>
    /// <param name="like">A tensor of the type and on the device that the noise is needed in.</param>
    /// <param name="firstDraw">The number of the first draw.</param>
    internal static Noise Draw(
        IReadOnlyList<LatentGroup> groups, NoiseStream stream, ReadOnlySpan<long> examples, int draws, Tensor like, long firstDraw = 0)
    {
        var tensors = new Tensor[groups.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            // Each group has a stream of its own, so that its numbers do not depend on the sizes of the others.
            var own = i == 0 ? stream : stream with { Seed = RandomStream.Derive(stream.Seed, stream.Purpose, i) };
            tensors[i] = groups[i].Noise == NoiseKind.Normal
                ? own.Normal(examples, groups[i].Size, draws, like.device, firstDraw)
                : own.Uniform(examples, groups[i].Size, draws, like.device, firstDraw);
            if (like.dtype != float32)
                tensors[i] = tensors[i].to(like.dtype);
        }

        return new Noise(tensors);
    }
}
