using TorchSharp;

namespace Elbo;

/// <summary>
/// Numbers that live as long as libtorch reads them. TorchSharp hands libtorch the address of a <see cref="Scalar"/> and forgets the
/// scalar: one made on the way (<c>x * 0.5</c>, and unseen in <c>x + y</c>) may be collected, and its memory given to another, while the
/// call still reads it. Every number of a formula over tensors therefore comes from here; a test finds those that do not
/// (docs/decisions/0008).
/// </summary>
internal static class Scalars
{
    // A call takes three numbers at most, so one is long read when its place is taken.
    private const int Kept = 64;

    [ThreadStatic]
    private static Scalar?[]? _kept;

    [ThreadStatic]
    private static int _next;

    /// <summary>The number one, kept for ever: also the factor by which <c>add</c> takes its second summand.</summary>
    public static Scalar One { get; } = 1;

    /// <summary>A number for the call that it is an argument of; the sixty-fourth after it on the same thread disposes it.</summary>
    public static Scalar Number(double value) => Keep(value);

    /// <inheritdoc cref="Number(double)"/>
    public static Scalar Number(long value) => Keep(value);

    private static Scalar Keep(Scalar scalar)
    {
        _kept ??= new Scalar?[Kept];
        _kept[_next]?.Dispose();
        _kept[_next] = scalar;
        _next = (_next + 1) % Kept;
        return scalar;
    }
}
