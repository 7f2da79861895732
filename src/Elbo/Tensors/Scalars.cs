using TorchSharp;

namespace Elbo;

/// <summary>
/// Scalars that stay alive until libtorch has read them. TorchSharp passes the address of a <see cref="Scalar"/> to libtorch without
/// keeping the scalar alive: a temporary one (<c>x * 0.5</c>, and implicitly in <c>x + y</c>) may be collected while the call still reads
/// it. Every number of a formula over tensors therefore comes from here, which a test checks (docs/decisions/0008).
/// </summary>
public static class Scalars
{
    // A call takes at most three numbers, so a number has been read long before its slot is reused.
    private const int Kept = 64;

    [ThreadStatic]
    private static Scalar?[]? _kept;

    [ThreadStatic]
    private static int _next;

    /// <summary>The number one, never disposed: also the factor of the second summand in <c>add</c>.</summary>
    public static Scalar One { get; } = 1;

    /// <summary>A number as an argument of a call; it is disposed after 64 more on the same thread.</summary>
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
