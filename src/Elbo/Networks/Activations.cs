using static TorchSharp.torch;

namespace Elbo;

/// <summary>The activation functions by name.</summary>
public static class Activations
{
    /// <summary>The activation of networks that name none.</summary>
    public const string Default = "relu";

    private static readonly Registry<Func<Tensor, Tensor>> Registry = new("activation")
    {
        [Default] = tensor => tensor.relu(),
        ["tanh"] = tensor => tensor.tanh(),
        ["softplus"] = tensor => tensor.Softplus(),
        ["gelu"] = tensor => nn.functional.gelu(tensor),
        ["silu"] = tensor => nn.functional.silu(tensor),
        ["elu"] = tensor => tensor.elu(One, One, One),
        ["leaky-relu"] = tensor => tensor.leaky_relu(Number(0.01)),
    };

    /// <summary>Their names, for <see cref="NetworkOptions.Activation"/>.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>The name as it was registered, of one that may differ in case.</summary>
    /// <exception cref="SettingsException">There is no such name.</exception>
    internal static string NameOf(string name) => Registry.NameOf(name);

    internal static Activation Find(string name) => new(name, Registry.Find(name));
}
