using System.Runtime.Intrinsics.X86;

namespace Elbo;

/// <summary>Where products of matrices are computed by <see cref="VectorProduct{T}"/>.</summary>
internal static class VectorProducts
{
    // "Auth" of "AuthenticAMD", in the register EBX.
    private const int Amd = 0x68747541;

    /// <summary>
    /// Whether that is faster than libtorch, whose products are those of Intel's MKL: MKL does not use the vectors of 512 bits of AMD's
    /// processors. A function of the processor, so that the same seed gives the same run on it.
    /// </summary>
    public static bool AreFaster { get; } = Avx512F.IsSupported && X86Base.CpuId(0, 0).Ebx == Amd;
}
