using static TorchSharp.torch;

namespace Elbo;

/// <summary>The activation functions by name.</summary>
public static class Activations
{
    /// <summary>max(0, x).</summary>
    public const string Relu = "relu";

    /// <summary>The hyperbolic tangent.</summary>
    public const string Tanh = "tanh";

    /// <summary>log(1 + exp(x)).</summary>
    public const string Softplus = "softplus";

    /// <summary>The Gaussian error linear unit (Hendrycks and Gimpel 2016).</summary>
    public const string Gelu = "gelu";

    /// <summary>x times the logistic function of x.</summary>
    public const string Silu = "silu";

    /// <summary>The exponential linear unit (Clevert, Unterthiner and Hochreiter 2016).</summary>
    public const string Elu = "elu";

    /// <summary>max(0.01 x, x).</summary>
    public const string LeakyRelu = "leaky-relu";

    /// <summary>The activation of networks that name none.</summary>
    public const string Default = Relu;

    private static readonly Registry<(Func<Tensor, Tensor> Function, Func<GraphValue, GraphValue> Describe)> Registry = new("activation")
    {
        [Relu] = (tensor => tensor.relu(), value => value.Relu()),
        [Tanh] = (tensor => tensor.tanh(), value => value.Tanh()),
        [Softplus] = (tensor => tensor.Softplus(), value => value.Softplus()),
        [Gelu] = (tensor => nn.functional.gelu(tensor), value => value * ((value / Math.Sqrt(2)).Erf() + 1) * 0.5),
        [Silu] = (tensor => nn.functional.silu(tensor), value => value * value.Sigmoid()),
        [Elu] = (tensor => tensor.elu(One, One, One), value => value.Elu()),
        [LeakyRelu] = (tensor => tensor.leaky_relu(Number(0.01)), value => value.LeakyRelu(0.01)),
    };

    /// <summary>Their names, for <see cref="NetworkOptions.Activation"/>.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The function of a name, for networks of your own.</summary>
    /// <param name="name">The name, as in <see cref="NetworkOptions.Activation"/>; without case.</param>
    /// <returns>The function, value by value; it may be called from any thread.</returns>
    /// <exception cref="SettingsException">There is no such name.</exception>
    public static Func<Tensor, Tensor> FunctionOf(string name) => Registry.Find(name).Function;

    /// <summary>Adds the function of a name to a computation graph, for networks of your own.</summary>
    /// <param name="name">The name, as in <see cref="NetworkOptions.Activation"/>; without case.</param>
    /// <param name="value">What it is applied to, value by value.</param>
    /// <returns>The result, in the shape of <paramref name="value"/>.</returns>
    /// <exception cref="SettingsException">There is no such name.</exception>
    public static GraphValue Describe(string name, GraphValue value) => Registry.Find(name).Describe(value);

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    internal static Activation Find(string name)
    {
        var (function, describe) = Registry.Find(name);
        return new(name, function, describe);
    }
}
