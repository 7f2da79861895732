using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class BernoulliSumTests
{
    private const int Batch = 4;

    // Where the exponential is 1, where it is the smallest normal float, where it is less, and where float32 has no fraction left.
    private static readonly float[] Extremes = [0, -0f, 1e-30f, -1e-30f, 86.9f, -86.9f, 87.4f, -104, 200, -200, 1e4f, -1e6f];

    public enum Masks
    {
        None,
        One,
        OfEach,
    }

    // Around the width of a vector register, around the factors that are multiplied at once, the pixels of MNIST and more.
    public static MatrixTheoryData<int, Masks> Cases =>
        new([1, 2, 7, 8, 9, 15, 16, 63, 504, 511, 512, 513, 520, 784, 3000], [Masks.None, Masks.One, Masks.OfEach]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_agrees_with_the_formula_in_float64(int values, Masks masks)
    {
        using var scope = NewDisposeScope();
        var x = Pixels(values);
        var mask = Mask(values, masks);
        foreach (var leading in new long[][] { [], [1], [3], [2, 3] })
        {
            foreach (var size in new[] { 0.1, 3, 30, 200 })
            {
                var logits = Logits(size, [.. leading, Batch, values]);

                var sums = BernoulliSum.Of(logits, x, mask);

                Assert.Equal([.. leading, Batch], sums.shape);
                AssertIsFormula(logits, x, mask, sums);
            }
        }
    }

    [Fact]
    public void At_extreme_logits_too()
    {
        using var scope = NewDisposeScope();
        foreach (var values in new[] { 1, 8, 12, 100 })
        {
            float[] repeated = [.. Enumerable.Range(0, Extremes.Length * values).Select(i => Extremes[(i + i / values) % Extremes.Length])];
            var logits = tensor(repeated, [Extremes.Length / Batch, Batch, values]);
            foreach (var x in new[] { zeros(Batch, values), ones(Batch, values), Pixels(values) })
                AssertIsFormula(logits, x, null, BernoulliSum.Of(logits, x, null));
        }
    }

    [Fact]
    public void Of_registers_full_of_nearly_one_logit_too()
    {
        using var scope = NewDisposeScope();
        // The errors of single values cannot cancel each other.
        var logits = linspace(-100, 100, 40_000, float32).view(-1, Batch, 8);

        AssertIsFormula(logits, zeros(Batch, 8), null, BernoulliSum.Of(logits, zeros(Batch, 8), null));
        AssertIsFormula(logits, ones(Batch, 8), null, BernoulliSum.Of(logits, ones(Batch, 8), null));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_sum_of_a_row_has_the_same_bits_wherever_the_row_is(int values, Masks masks)
    {
        using var scope = NewDisposeScope();
        var (logits, x, mask) = (Logits(5, 3, Batch, values), Pixels(values), Mask(values, masks));

        var together = BernoulliSum.Of(logits, x, mask);
        var again = BernoulliSum.Of(logits, x, mask);

        Assert.Equal(Bits(together), Bits(again));
        for (var row = 0; row < 3 * Batch; row++)
        {
            var image = row % Batch;
            var under = masks == Masks.OfEach ? mask![image].unsqueeze(0) : mask;
            // A clone, so that the row begins elsewhere in memory.
            var alone = BernoulliSum.Of(logits[row / Batch, image].unsqueeze(0).clone(), x[image].unsqueeze(0), under);
            Assert.Equal(Bits(together)[row], Bits(alone).Single());
        }
    }

    [Theory]
    [InlineData(9, Masks.One)]
    [InlineData(520, Masks.OfEach)]
    [InlineData(784, Masks.One)]
    public void What_the_mask_hides_changes_no_bit(int values, Masks masks)
    {
        using var scope = NewDisposeScope();
        var (logits, x, mask) = (Logits(5, 3, Batch, values), Pixels(values), Mask(values, masks)!);
        var hidden = mask.eq(Number(0));

        var sums = BernoulliSum.Of(logits, x, mask);
        var elsewhere = BernoulliSum.Of(where(hidden, logits * Number(-3), logits), where(hidden, One.Minus(x), x), mask);

        Assert.Equal(Bits(sums), Bits(elsewhere));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_no_number_shows_in_its_row_and_in_no_other(float wrong)
    {
        using var scope = NewDisposeScope();
        const int values = 21;
        foreach (var pixel in new[] { 0f, 1f })
        {
            // In a vector register, and in what is left behind the last.
            foreach (var column in new[] { 0, 13, 16, 20 })
            {
                var (logits, x) = (Logits(2, Batch, values), full(Batch, values, Number(pixel)));
                var before = BernoulliSum.Of(logits, x, null);
                logits[2, column] = wrong;

                var after = BernoulliSum.Of(logits, x, null);

                // x · l - log(1 + exp l) with l = -inf and x = 1 is -inf; all others have inf - inf or 0 · inf in them.
                var expected = Bits(before);
                expected[2] = BitConverter.SingleToInt32Bits(
                    float.IsNegativeInfinity(wrong) && pixel == 1 ? float.NegativeInfinity : float.NaN);
                Assert.Equal(expected.Select(BitConverter.Int32BitsToSingle), Bits(after).Select(BitConverter.Int32BitsToSingle));
            }
        }
    }

    [Fact]
    public void It_supports_contiguous_float32_tensors_only()
    {
        using var scope = NewDisposeScope();
        const int values = 12;
        var (logits, x, mask) = (Logits(2, 3, Batch, values), Pixels(values), Mask(values, Masks.OfEach)!);

        Assert.True(BernoulliSum.Supports(logits, x, null));
        Assert.True(BernoulliSum.Supports(logits[0], x, null));
        Assert.True(BernoulliSum.Supports(logits, x, mask));
        Assert.True(BernoulliSum.Supports(logits, x, mask[0].unsqueeze(0)));
        (Tensor, Tensor, Tensor?)[] others =
        [
            (logits.to(float64), x.to(float64), null),
            (logits, x.to(float64), null),
            (logits, x, mask.to(@bool)),
            (Logits(2, 3, values, Batch).transpose(1, 2), x, null),
            (logits, x.t().contiguous().t(), null),
            (logits, x, mask[0].expand(Batch, values)),
            (Logits(2, Batch, values).requires_grad_(), x, null),
            (Logits(2, Batch, 2 * values).narrow(1, 0, values), x, null),
            // They broadcast, or they do not fit.
            (logits[0, 0], x, null),
            (logits, x[0], null),
            (logits, x[0].unsqueeze(0), null),
            (logits, x, mask[0]),
            (logits, x.narrow(0, 0, Batch - 1), null),
            (logits, Pixels(values + 1), null),
            (logits, x, Mask(values + 1, Masks.One)),
            (zeros(3, Batch, 0), zeros(Batch, 0), null),
        ];
        Assert.All(others, each => Assert.False(BernoulliSum.Supports(each.Item1, each.Item2, each.Item3)));
    }

    [Fact]
    public void Unsupported_tensors_are_scored_alike_or_rejected_by_the_likelihood()
    {
        using var scope = NewDisposeScope();
        using var likelihood = new BernoulliLikelihood();
        const int values = 12;
        var (logits, x, mask) = (Logits(2, 3, Batch, values), Pixels(values), Mask(values, Masks.OfEach)!);
        var expected = Tensors.ToArray(likelihood.LogDensity(logits, x, mask));

        foreach (var score in new[]
                 {
                     likelihood.LogDensity(logits.to(float64), x.to(float64), mask.to(float64)),
                     likelihood.LogDensity(logits.transpose(0, 2).contiguous().transpose(0, 2), x, mask),
                     likelihood.LogDensity(logits, x.t().contiguous().t(), mask),
                     likelihood.LogDensity(logits.clone().requires_grad_(), x, mask),
                 })
        {
            Assert.Equal(expected, Tensors.ToArray(score), (left, right) => Math.Abs(left - right) < 1e-4);
        }

        Assert.ThrowsAny<Exception>(() => likelihood.LogDensity(logits, x.narrow(0, 0, Batch - 1)));
        Assert.ThrowsAny<Exception>(() => likelihood.LogDensity(logits, Pixels(values + 1)));
    }

    [Fact]
    public void It_leaves_no_tensor_behind_but_its_answer()
    {
        using var scope = NewDisposeScope();
        var (logits, x, mask) = (Logits(2, 3, Batch, 784), Pixels(784), Mask(784, Masks.One));
        var before = LiveTensors.OfThisThread;

        BernoulliSum.Of(logits, x, mask).Dispose();

        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Theory]
    [InlineData("mlp", false)]
    [InlineData("mlp", true)]
    [InlineData("conv", false)]
    public void The_output_of_a_decoder_in_evaluation_is_served(string network, bool isRegion)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var shape = new ImageShape(1, 8, 8);
        Condition condition = isRegion ? Condition.Region("quadrants-1", shape) : Condition.Label(3);
        var options = new ModelOptions { LatentSize = 2, Network = new() { Kind = network, Hidden = [5], ConditionSkip = isRegion } };
        using var model = Cvae.Create(shape, condition, _ => options);
        var batch = new TensorExamples(Pixels(64), [0, 1, 2, 1]).For(condition);

        foreach (var draws in new[] { 1, 250 })
        {
            var z = Tensors.Normal(7, float32, draws, Batch, 2);
            var output = model.Decode(z, batch.Features);
            Assert.True(BernoulliSum.Supports(output, batch.Values, batch.Target));
        }
    }

    private static Tensor Logits(double size, params long[] shape) => Tensors.Normal(1, float32, shape) * Number(size);

    // Grey values, of which some are zeros and ones.
    private static Tensor Pixels(int values) =>
        (Tensors.Uniform(2, float32, Batch, values) * Number(2) - Number(0.5f)).clamp(Number(0), One);

    private static Tensor? Mask(int values, Masks masks) => masks == Masks.None
        ? null
        : Tensors.Uniform(3, float32, masks == Masks.One ? 1 : Batch, values).gt(Number(0.4)).to(float32);

    private static int[] Bits(Tensor sums) => [.. sums.data<float>().Select(BitConverter.SingleToInt32Bits)];

    /// <summary>Compares with Σ [ x · l - max(l, 0) - log(1 + exp -|l|) ] by System.Math.</summary>
    private static void AssertIsFormula(Tensor logits, Tensor x, Tensor? mask, Tensor sums)
    {
        var (l, pixels, shown, actual) = (
            Tensors.ToArray(logits), Tensors.ToArray(x), mask is null ? null : Tensors.ToArray(mask), Tensors.ToArray(sums));
        var values = (int)logits.shape[^1];
        for (var row = 0; row < actual.Length; row++)
        {
            var (expected, size) = (0.0, 0.0);
            for (var i = 0; i < values; i++)
            {
                var at = row * values + i;
                var logarithm = double.LogP1(Math.Exp(-Math.Abs(l[at])));
                var (linear, highest) = (pixels[at % pixels.Length] * l[at], Math.Max(l[at], 0));
                var counts = shown is null ? 1 : shown[at % shown.Length];
                expected += counts * (linear - highest - logarithm);
                size += counts * (Math.Abs(linear) + highest + logarithm);
            }

            // Half a unit in the last place of each of the factors beside one, and of the sums.
            Assert.Equal(expected, actual[row], values * 6e-8 + size * 3e-7);
        }
    }
}
