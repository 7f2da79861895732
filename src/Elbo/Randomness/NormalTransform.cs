using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// Pairs of standard normal numbers from pairs of random words, by the transform of Box and Muller (1958): r = √(-2 log u) and an angle t
/// make r · cos t and r · sin t.
/// </summary>
/// <remarks>
/// Logarithm, sine and cosine are polynomials, computed with additions, multiplications, a square root and operations on bits. IEEE 754
/// defines the rounding of these, whereas platform functions and fused operations differ in the last bits. The numbers are therefore the
/// same on every processor and for every vector width. The coefficients are those of the Cephes library, by S. L. Moshier.
/// </remarks>
internal static class NormalTransform
{
    private const float TwoToMinus32 = 1f / (1L << 32);
    private const int ExponentPlace = 23;

    /// <summary>Two normal numbers per lane.</summary>
    /// <param name="radius">The words w of the radius, u = (w + 1/2) / 2^32.</param>
    /// <param name="angle">The words of the angle, t = 2π · (w + 1/2) / 2^32 - π/4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Pair(Vector256<uint> radius, Vector256<uint> angle)
    {
        var r = Vector256.Sqrt(LogarithmOf(radius) * Vector256.Create(-2f));
        var (sine, cosine) = SineAndCosineOf(angle);
        return (r * cosine, r * sine);
    }

    /// <summary>log((w + 1/2) / 2^32), always below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogarithmOf(Vector256<uint> words)
    {
        // Close to 1 a float has few digits left for the distance from 1, on which the logarithm depends: that is taken from the word
        // itself.
        var nearOne = Vector256.GreaterThanOrEqual(words, Vector256.Create(0xC0000000)).AsInt32();
        var share = Share(words ^ nearOne.AsUInt32());

        // share = 2^exponent · (1 + rest), with 1 + rest between √½ and √2: to subtract the bits of √½ rounds the exponent.
        var bits = share.AsInt32();
        var exponent = Vector256.AndNot((bits - Vector256.Create(0x3F3504F3)) >> ExponentPlace, nearOne);
        var rest = (bits - (exponent << ExponentPlace)).AsSingle() - Vector256<float>.One;
        rest = Vector256.ConditionalSelect(nearOne.AsSingle(), -share, rest);

        var polynomial = rest * Vector256.Create(7.0376836292e-2f) + Vector256.Create(-1.1514610310e-1f);
        polynomial = polynomial * rest + Vector256.Create(1.1676998740e-1f);
        polynomial = polynomial * rest + Vector256.Create(-1.2420140846e-1f);
        polynomial = polynomial * rest + Vector256.Create(1.4249322787e-1f);
        polynomial = polynomial * rest + Vector256.Create(-1.6668057665e-1f);
        polynomial = polynomial * rest + Vector256.Create(2.0000714765e-1f);
        polynomial = polynomial * rest + Vector256.Create(-2.4999993993e-1f);
        polynomial = polynomial * rest + Vector256.Create(3.3333331174e-1f);

        // log 2 in two parts, of which the first has few digits: the exponent times it is exact.
        var (square, power) = (rest * rest, Vector256.ConvertToSingle(exponent));
        var small = polynomial * rest * square + power * Vector256.Create(-2.12194440e-4f) - square * Vector256.Create(0.5f);
        return rest + small + power * Vector256.Create(0.693359375f);
    }

    /// <summary>
    /// Sine and cosine of 2π · (w + 1/2) / 2^32 - π/4. The first two bits are the quarter of the circle; the others are an angle of at
    /// most π/4 to either side of its middle, which lies on an axis.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Sine, Vector256<float> Cosine) SineAndCosineOf(Vector256<uint> words)
    {
        var doubled = words << 1;
        var odd = (doubled & Vector256.Create(0x7FFFFFFFu)) | Vector256<uint>.One;
        var integer = odd.AsInt32() - Vector256.Create(1 << 30);
        var x = Vector256.ConvertToSingle(integer) * Vector256.Create((float)(Math.PI / 4 / (1 << 30)));
        var square = x * x;

        var sine = square * Vector256.Create(-1.9515295891e-4f) + Vector256.Create(8.3321608736e-3f);
        sine = sine * square + Vector256.Create(-1.6666654611e-1f);
        sine = sine * square * x + x;
        var cosine = square * Vector256.Create(2.443315711809948e-5f) + Vector256.Create(-1.388731625493765e-3f);
        cosine = cosine * square + Vector256.Create(4.166664568298827e-2f);
        cosine = cosine * square * square - square * Vector256.Create(0.5f) + Vector256<float>.One;

        // A quarter turn makes (cos, sin) into (-sin, cos): in odd quarters they change places, and the first two bits give the signs.
        var isOdd = (doubled.AsInt32() >> 31).AsSingle();
        var signBit = Vector256.Create(0x80000000);
        var turnedSine = Vector256.ConditionalSelect(isOdd, cosine, sine).AsUInt32() ^ (words & signBit);
        var turnedCosine = Vector256.ConditionalSelect(isOdd, sine, cosine).AsUInt32() ^ ((words ^ doubled) & signBit);
        return (turnedSine.AsSingle(), turnedCosine.AsSingle());
    }

    // (w + 1/2) / 2^32, rounded once: either half of a word is exact as a float.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Share(Vector256<uint> words)
    {
        var high = Vector256.ConvertToSingle((words >> 16).AsInt32()) * Vector256.Create(65536f);
        var low = Vector256.ConvertToSingle((words & Vector256.Create(0xFFFFu)).AsInt32()) + Vector256.Create(0.5f);
        return (high + low) * Vector256.Create(TwoToMinus32);
    }
}
