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
        ["softplus"] = new(tensor => tensor.Softplus(), "softplus"),
        ["gelu"] = new(tensor => nn.functional.gelu(tensor), "gelu"),
        ["silu"] = new(tensor => nn.functional.silu(tensor), "silu"),
        ["elu"] = new(tensor => tensor.elu_(One, One, One), "elu"),
        ["leaky-relu"] = new(tensor => tensor.leaky_relu_(Number(0.01)), "leaky_relu"),
    };

    public static IReadOnlyCollection<string> Names => Registry.Names;

    public static Activation Find(string name) => Registry.Find(name);
}
