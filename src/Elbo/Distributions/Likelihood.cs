using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The distribution p(x|z,c) of a value given the decoder's output. A new likelihood is one subclass and one call of
/// <see cref="Likelihoods.Register"/>.
/// </summary>
/// <remarks>
/// Where a value has several parameters, the decoder outputs them as planes: the first parameter of every value, then the second of
/// every value, and so on, <c>[..., batch, (parameter, channel, row, column)]</c>. These are the channels of a convolutional decoder in the
/// order in which they come, so that each parameter of a pixel is computed at its position.
/// <para>
/// Tensors that it returns, and those that it makes on the way, belong to the dispose scope of the caller (<c>torch.NewDisposeScope()</c>).
/// Without one the caller disposes what is returned, and the rest waits for the garbage collector, which does not see how large it is.
/// </para>
/// </remarks>
public abstract class Likelihood : nn.Module
{
    /// <summary>Creates a likelihood.</summary>
    /// <param name="name">The name of the module.</param>
    protected Likelihood(string name)
        : base(name)
    {
    }

    /// <summary>How many parameters the decoder outputs for each number of a value.</summary>
    public virtual int ParametersPerValue => 1;

    /// <summary>The range that values must be in; null, the default, for any real numbers.</summary>
    public virtual (double Min, double Max)? Support => null;

    /// <summary>How many outputs of the decoder it wants for values of a shape.</summary>
    /// <param name="shape">The shape of a value.</param>
    /// <returns>The number of outputs; by default <see cref="ParametersPerValue"/> for each number.</returns>
    public virtual int OutputSize(ValueShape shape) => LayerSize.Of(shape.Size, ParametersPerValue);

    /// <summary>
    /// The number of levels of a value where p(x|z,c) is a probability mass over them, so that log p can be reported in bits per dimension
    /// and compared with any other such model; null for a density, and for a Bernoulli, which is not a mass on grey values.
    /// </summary>
    public virtual int? Levels => null;

    /// <summary>log p(x|z,c), summed over the numbers of a value, in nats.</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, ParametersPerValue * values]</c>.</param>
    /// <param name="x">The values as the model sees them, <c>[batch, values]</c>.</param>
    /// <param name="mask">Where given, <c>[batch or 1, values]</c> of zeros and ones: only values under a one are scored.</param>
    /// <returns>Log densities, <c>[..., batch]</c>.</returns>
    public virtual Tensor LogDensity(Tensor output, Tensor x, Tensor? mask = null)
    {
        var perValue = LogDensityPerValue(output, x);
        return (mask is null ? perValue : perValue * mask).sum(-1);
    }

    /// <summary>log p of each single value, in nats.</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, ParametersPerValue * values]</c>.</param>
    /// <param name="x">The values as the model sees them, <c>[batch, values]</c>.</param>
    /// <returns>Log densities, <c>[..., batch, values]</c>.</returns>
    public abstract Tensor LogDensityPerValue(Tensor output, Tensor x);

    /// <summary>E[x|z,c].</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, ParametersPerValue * values]</c>.</param>
    /// <returns>Means, <c>[..., batch, values]</c>.</returns>
    public abstract Tensor Mean(Tensor output);

    /// <summary>A draw of x from p(x|z,c).</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, ParametersPerValue * values]</c>.</param>
    /// <param name="uniform">Uniform noise in (0, 1), <c>[..., batch, values]</c>, one number for each value.</param>
    /// <returns>Draws in the shape of <paramref name="uniform"/>.</returns>
    public abstract Tensor Draw(Tensor output, Tensor uniform);

    /// <summary>Adds <see cref="Mean"/> to a computation graph; without it a model with this likelihood cannot be exported.</summary>
    /// <param name="output">The decoder's output, <c>[batch, ParametersPerValue * values]</c>.</param>
    /// <returns>Means, <c>[batch, values]</c>.</returns>
    /// <exception cref="SettingsException">The likelihood does not describe itself.</exception>
    public virtual GraphValue DescribeMean(GraphValue output) => throw NotDescribed.Of(this, nameof(DescribeMean));

    /// <summary>Adds <see cref="LogDensityPerValue"/> to a computation graph.</summary>
    /// <param name="output">The decoder's output, <c>[batch, ParametersPerValue * values]</c>.</param>
    /// <param name="x">The values as the model sees them, <c>[batch, values]</c>.</param>
    /// <returns>Log densities, <c>[batch, values]</c>.</returns>
    /// <exception cref="SettingsException">The likelihood does not describe itself.</exception>
    public virtual GraphValue DescribeLogDensityPerValue(GraphValue output, GraphValue x) =>
        throw NotDescribed.Of(this, nameof(DescribeLogDensityPerValue));

    /// <summary>One plane of the decoder's output in a computation graph.</summary>
    /// <param name="output">The decoder's output, <c>[batch, ParametersPerValue * values]</c>.</param>
    /// <param name="plane">Which parameter, from 0.</param>
    /// <returns>Its value for each number, <c>[batch, values]</c>.</returns>
    protected GraphValue Plane(GraphValue output, int plane)
    {
        ArgumentNullException.ThrowIfNull(output);
        var values = output.Width / ParametersPerValue;
        return output.Columns(plane * values, values);
    }

    /// <summary>The decoder's output with its planes apart.</summary>
    /// <param name="output">The decoder's output, <c>[..., batch, ParametersPerValue * values]</c>.</param>
    /// <returns>A view, <c>[..., batch, ParametersPerValue, values]</c>.</returns>
    protected Tensor Planes(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var shape = output.shape;
        return output.view([.. shape[..^1], ParametersPerValue, shape[^1] / ParametersPerValue]);
    }
}
