using static TorchSharp.torch;

namespace Elbo;

/// <summary>The activation functions a configuration can name.</summary>
internal static class Activations
{
    public const string Default = "relu";

    // Those whose derivative can be read from the result alone overwrite their argument: one pass over memory, and one matrix, less.
    private static readonly Registry<Activation> Registry = new("activation")
    {
        [Default] = new(tensor => tensor.relu_(), "relu"),
        ["tanh"] = new(tensor => tensor.tanh_(), "tanh"),
        ["softplus"] = new(tensor => nn.functional.softplus(tensor), "softplus"),
        ["gelu"] = new(tensor => nn.functional.gelu(tensor), "gelu"),
        ["silu"] = new(tensor => nn.functional.silu(tensor), "silu"),
        ["elu"] = new(tensor => nn.functional.elu(tensor, 1, inplace: true), "elu"),
        ["leaky-relu"] = new(tensor => nn.functional.leaky_relu(tensor, 0.01, inplace: true), "leaky_relu"),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Activation Find(string name) => Registry.Find(name);
}
