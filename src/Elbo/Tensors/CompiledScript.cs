using TorchSharp;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>Functions in TorchScript, for libtorch kernels that TorchSharp does not have; compiled when first called.</summary>
/// <param name="text">Constant on purpose: a syntax error in a script ends the process, so nothing is interpolated into it.</param>
internal sealed class CompiledScript(string text)
{
    private readonly Lazy<jit.CompilationUnit> _compiled = new(() => jit.compile(text));

    /// <summary>Calls a function. A number is passed as an <see cref="int"/> or as <see cref="Scalars.Number(double)"/>.</summary>
    /// <exception cref="ArgumentException">
    /// An argument has a type for which TorchSharp would create a scalar that is not kept alive (<see cref="Scalars"/>).
    /// </exception>
    public object Invoke(string function, params object[] arguments)
    {
        if (Array.Find(arguments, argument => argument is not (Tensor or Tensor[] or Scalar or bool or int)) is { } other)
            throw new ArgumentException($"A script does not take an argument of the type {other.GetType().Name}.", nameof(arguments));
        return _compiled.Value.invoke(function, arguments);
    }
}
