using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo;

/// <content>
/// How long the tensors of a model live: from its construction until it is disposed, whatever TorchSharp dispose scopes surround it. And
/// who uses them at the same time.
/// </content>
public abstract partial class GenerativeModel
{
    private readonly ModelAccess _access = new();

    /// <inheritdoc/>
    // The lists of a disposed module are empty, and other methods of TorchSharp misread that: save would write an empty file.
    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
    {
        ThrowIfDisposed();
        return base.named_parameters(recurse);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
    {
        ThrowIfDisposed();
        return base.named_buffers(recurse, include_nonpersistent);
    }

    /// <inheritdoc/>
    public override IEnumerable<(string name, nn.Module module)> named_children()
    {
        ThrowIfDisposed();
        return base.named_children();
    }

    /// <summary>Adds a submodule. Its parameters and buffers leave the dispose scope in which they were made.</summary>
    /// <param name="name">The name of the submodule.</param>
    /// <param name="submodule">The submodule, complete with its own parameters and submodules; the model disposes it.</param>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public override void register_module(string name, nn.Module submodule)
    {
        ThrowIfDisposed();
        base.register_module(name, submodule);
        DetachFromDisposeScopes();
    }

    /// <summary>Adds a parameter, which leaves the dispose scope in which it was made.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="param">The parameter; the model disposes it.</param>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public override void register_parameter(string name, Parameter param)
    {
        ThrowIfDisposed();
        base.register_parameter(name, param);
        param?.DetachFromDisposeScope();
    }

    /// <summary>Adds a buffer, which leaves the dispose scope in which it was made.</summary>
    /// <param name="name">The name of the buffer.</param>
    /// <param name="tensor">The buffer; the model disposes it.</param>
    /// <param name="persistent">Whether it is part of what is saved.</param>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true)
    {
        ThrowIfDisposed();
        base.register_buffer(name, tensor, persistent);
        tensor?.DetachFromDisposeScope();
    }

    /// <summary>Keeps parameters and buffers when the dispose scope ends in which they were made.</summary>
    internal void DetachFromDisposeScopes()
    {
        foreach (var (_, parameter) in named_parameters())
            parameter.DetachFromDisposeScope();
        foreach (var (_, buffer) in named_buffers())
            buffer.DetachFromDisposeScope();
    }

    /// <inheritdoc cref="ModelAccess.Infer"/>
    internal IDisposable BeginInference() => _access.Infer(this);

    /// <inheritdoc cref="ModelAccess.Change"/>
    internal IDisposable BeginChange() => _access.Change(this);

    /// <inheritdoc cref="ModelAccess.Train"/>
    internal IDisposable BeginTraining() => _access.Train(this);

    /// <inheritdoc cref="ModelAccess.ThrowIfDisposed"/>
    internal void ThrowIfDisposed() => _access.ThrowIfDisposed(this);

    /// <inheritdoc cref="ModelAccess.ThrowIfTrainedElsewhere"/>
    private protected void ThrowIfTrainedElsewhere() => _access.ThrowIfTrainedElsewhere(this);

    /// <inheritdoc/>
    // Another device or number type means other tensors.
    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        DetachFromDisposeScopes();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _access.Dispose(() => base.Dispose(true));
        else
            base.Dispose(false);
    }
}
