using static TorchSharp.torch;

namespace Elbo;

/// <summary>The activation functions a configuration can name.</summary>
internal static class Activations
{
    public const string Default = "relu";

    private static readonly Registry<Func<Tensor, Tensor>> Registry = new("activation")
    {
        [Default] = tensor => nn.functional.relu(tensor),
        ["tanh"] = tensor => tensor.tanh(),
        ["softplus"] = tensor => nn.functional.softplus(tensor),
        ["gelu"] = tensor => nn.functional.gelu(tensor),
        ["silu"] = tensor => nn.functional.silu(tensor),
        ["elu"] = tensor => nn.functional.elu(tensor, 1),
        ["leaky-relu"] = tensor => nn.functional.leaky_relu(tensor, 0.01),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Func<Tensor, Tensor> Find(string name) => Registry.Find(name);
}
