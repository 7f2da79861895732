namespace Elbo.Tests;

/// <summary>What takes long ends when it is asked to, at the next batch.</summary>
public class CancellationTests
{
    private const int Examples = 4_000;

    private static readonly Func<ModelOptions, ModelOptions> Small =
        preset => preset with { LatentSize = 3, Network = preset.Network with { Hidden = [12] } };

    public static TheoryData<string> Methods =>
        ["Encode", "Reconstruct", "Score", "Decode", "Sample", "Completions", "Estimate", "Evaluate", "Decompose"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Examples_are_read_no_further(string method)
    {
        using var model = Cvae.Create(
            SmallRuns.Data.Shape,
            Condition.Region("left-half", SmallRuns.Data.Shape.Image!.Value),
            Small);
        using var stop = new CancellationTokenSource();
        var data = new StoppingExamples(stop);
        var codes = new LatentCodes(3, new float[3 * Examples]);
        Action<CancellationToken> call = method switch
        {
            "Encode" => token => model.Encode(data, cancellationToken: token),
            "Reconstruct" => token => model.Reconstruct(data, cancellationToken: token),
            "Score" => token => model.Score(data, cancellationToken: token),
            "Decode" => token => model.Decode(codes, data, cancellationToken: token),
            "Sample" => token => model.Sample(1, data, cancellationToken: token),
            "Completions" => token => Completions.Of(model, data, 1, cancellationToken: token),
            "Evaluate" => token => SplitEvaluation.Evaluate(model, data, cancellationToken: token),
            "Decompose" => token => KlDecomposition.Of(model, data, cancellationToken: token),
            _ => token => LikelihoodEvaluation.Estimate(model, data, 1, cancellationToken: token),
        };

        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() => call(stop.Token));

        Assert.Equal(stop.Token, cancelled.CancellationToken);
        // The batch during whose reading it was asked to stop is the last.
        Assert.Equal(2, data.Batches);
        // Without the token the same call ends by itself.
        model.Encode(SmallRuns.Data.Test);
    }

    [Fact]
    public void Images_are_drawn_no_further()
    {
        using var model = Vae.Create(SmallRuns.Data.Shape, Small);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => model.Sample(1_000_000, cancellationToken: stop.Token));
        var codes = new LatentCodes(3, new float[3_000_000]);
        Assert.ThrowsAny<OperationCanceledException>(() => model.Decode(codes, cancellationToken: stop.Token));
    }

    /// <summary>Examples whose second batch, while it is read, asks to stop.</summary>
    private sealed class StoppingExamples(CancellationTokenSource stop) : ExampleSet
    {
        public int Batches { get; private set; }

        public override int Count => Examples;

        public override ValueShape Shape => SmallRuns.Data.Shape;

        internal override (double Min, double Max)? KnownRange => (0, 0);

        public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
        {
            destination.Clear();
            if (++Batches == 2)
                stop.Cancel();
        }
    }
}
