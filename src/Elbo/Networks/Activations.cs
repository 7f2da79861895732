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

    private static readonly Registry<Func<Tensor, Tensor>> Registry = new("activation")
    {
        [Relu] = tensor => tensor.relu(),
        [Tanh] = tensor => tensor.tanh(),
        [Softplus] = tensor => tensor.Softplus(),
        [Gelu] = tensor => nn.functional.gelu(tensor),
        [Silu] = tensor => nn.functional.silu(tensor),
        [Elu] = tensor => tensor.elu(One, One, One),
        [LeakyRelu] = tensor => tensor.leaky_relu(Number(0.01)),
    };

    /// <summary>Their names, for <see cref="NetworkOptions.Activation"/>.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The function of a name, for networks of your own.</summary>
    /// <param name="name">The name, as in <see cref="NetworkOptions.Activation"/>; without case.</param>
    /// <returns>The function, value by value; it may be called from any thread.</returns>
    /// <exception cref="SettingsException">There is no such name.</exception>
    public static Func<Tensor, Tensor> FunctionOf(string name) => Registry.Find(name);

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    internal static Activation Find(string name) => new(name, Registry.Find(name));
}
