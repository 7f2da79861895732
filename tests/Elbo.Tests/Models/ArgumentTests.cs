namespace Elbo.Tests;

/// <summary>Arguments that no computation can be made of are refused before any, by the name of the parameter.</summary>
public class ArgumentTests
{
    private static readonly ExampleSet Data = SmallRuns.Data.Test;

    private static readonly Func<ModelOptions, ModelOptions> Small =
        preset => preset with { LatentSize = 3, Network = preset.Network with { Hidden = [12] } };

    [Fact]
    public void Null_is_refused()
    {
        using var model = SmallRuns.Model();
        var codes = model.Encode(Data);

        Refused<ArgumentNullException>("data", () => model.Encode(null!));
        Refused<ArgumentNullException>("data", () => model.Reconstruct(null!));
        Refused<ArgumentNullException>("data", () => model.Score(null!));
        Refused<ArgumentNullException>("codes", () => model.Decode(null!));
        Refused<ArgumentNullException>("codes", () => model.Decode(null!, Data));
        Refused<ArgumentNullException>("conditions", () => model.Decode(codes, (ExampleSet)null!));
        Refused<ArgumentNullException>("conditions", () => model.Sample(1, (ExampleSet)null!));
        Refused<ArgumentNullException>("x", () => model.Encode(null!, (TorchSharp.torch.Tensor?)null));
        Refused<ArgumentNullException>("z", () => model.Decode(null!, (TorchSharp.torch.Tensor?)null));
        Refused<ArgumentNullException>("batch", () => model.Terms(null!, null!));
        Refused<ArgumentNullException>("model", () => Completions.Of(null!, Data, 1));
        Refused<ArgumentNullException>("pictures", () => Completions.Of(model, null!, 1));
        Refused<ArgumentNullException>("data", () => LikelihoodEvaluation.Estimate(model, null!, 1));
        Refused<ArgumentNullException>("model", () => LikelihoodEvaluation.Estimate(null!, Data, 1));
        Refused<ArgumentNullException>("data", () => SplitEvaluation.Evaluate(model, null!));
        Refused<ArgumentNullException>("data", () => KlDecomposition.Of(model, null!));
        Refused<ArgumentNullException>("data", () => model.Interpolate(null!, 0, 1));
        Refused<ArgumentNullException>("model", () => new Trainer(null!));
        Refused<ArgumentNullException>("train", () => new Trainer(model).Fit((ExampleSet)null!));
        Refused<ArgumentNullException>("folder", () => Run.Load(null!));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Numbers_that_are_not_positive_or_make_more_than_an_array_holds_are_refused(int count)
    {
        using var model = SmallRuns.Model();
        using var unconditional = Vae.Create(SmallRuns.Data.Shape, Small);
        using var region = Cvae.Create(
            SmallRuns.Data.Shape,
            Condition.Region("left-half", SmallRuns.Data.Shape.Image!.Value),
            Small);

        Refused<ArgumentOutOfRangeException>("count", () => unconditional.Sample(count));
        Refused<ArgumentOutOfRangeException>("count", () => model.Sample(count));
        Refused<ArgumentOutOfRangeException>("count", () => model.Sample(count, label: 1, draw: true));
        Refused<ArgumentOutOfRangeException>("count", () => model.Sample(count, Data));
        Refused<ArgumentOutOfRangeException>("samples", () => model.Score(Data, count));
        Refused<ArgumentOutOfRangeException>("samples", () => LikelihoodEvaluation.Estimate(model, Data, count));
        Refused<ArgumentOutOfRangeException>("samples", () => SplitEvaluation.Evaluate(model, Data, count));
        Refused<ArgumentOutOfRangeException>("from", () => model.Interpolate(Data, -1, 1));
        Refused<ArgumentOutOfRangeException>("to", () => model.Interpolate(Data, 0, Data.Count));
        Refused<ArgumentOutOfRangeException>("steps", () => model.Interpolate(Data, 0, 1, count));
        Refused<ArgumentOutOfRangeException>("steps", () => model.InterpolateLabels(0, 1, count));
        Refused<ArgumentOutOfRangeException>("steps", () => model.Traverse(0, count, label: 1));
        Refused<ArgumentOutOfRangeException>("each", () => Completions.Of(region, Data, count));
    }

    [Fact]
    public void The_sentence_names_the_most_that_is_possible()
    {
        using var model = SmallRuns.Model();
        var most = Array.MaxLength / 36 / 3;

        var refused = Refused<ArgumentOutOfRangeException>("count", () => model.Sample(most + 1));

        Assert.Contains($"ask for at most {most}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Codes_that_are_not_finite_are_refused(float number)
    {
        using var model = SmallRuns.Model();
        var codes = new LatentCodes(3, [0, 0, 0, 0, number, 0]);

        var refused = Refused<ArgumentException>("codes", () => model.Decode(codes, [0, 1]));
        Refused<ArgumentException>("codes", () => model.Decode(codes, Data.Subset([0, 1])));

        Assert.StartsWith($"Dimension 1 of code 1 is {number}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a finite number", float.NaN, 36)]
    [InlineData("not a finite number", float.PositiveInfinity, 36)]
    [InlineData("from -12 to 0.5, but BernoulliLikelihood is for values from 0 to 1", -12f, 36)]
    [InlineData("from 0.5 to 1.5, but BernoulliLikelihood is for values from 0 to 1", 1.5f, 36)]
    [InlineData("but the data has values of vectors of 35", 1f, 35)]
    public void Values_that_do_not_fit_the_model_are_refused(string reason, float number, int size)
    {
        using var model = SmallRuns.Model();
        using var region = Cvae.Create(
            SmallRuns.Data.Shape, Condition.Region("left-half", SmallRuns.Data.Shape.Image!.Value), Small);
        var shape = size == 36 ? SmallRuns.Data.Shape : ValueShape.Vector(size);
        var data = new OneNumber(shape, number);
        var trainer = new Trainer(model, new() { Epochs = 1 });

        Assert.Contains(reason, model.FindMisfit(data), StringComparison.Ordinal);
        Assert.Null(model.FindMisfit(Data));
        foreach (var (parameter, call) in new (string, Func<object>)[]
        {
            ("data", () => model.Encode(data)),
            ("data", () => model.Reconstruct(data)),
            ("data", () => model.Score(data)),
            ("data", () => model.Interpolate(data, 0, 1)),
            ("data", () => SplitEvaluation.Evaluate(model, data)),
            ("data", () => KlDecomposition.Of(model, data)),
            ("data", () => LikelihoodEvaluation.Estimate(model, data, 1)),
            ("conditions", () => model.Sample(1, data)),
            ("conditions", () => model.Decode(new LatentCodes(3, new float[6]), data)),
            ("pictures", () => Completions.Of(region, data, 1)),
            ("train", () => trainer.Fit(data)),
        })
        {
            Assert.Contains(reason, Refused<ArgumentException>(parameter, call).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Two examples of labels 0 and 1, whose numbers are 0.5 but for the last.</summary>
    private sealed class OneNumber(ValueShape shape, float last) : ExampleSet
    {
        public override int Count => 2;

        public override ValueShape Shape => shape;

        public override ReadOnlyMemory<int> Labels { get; } = new[] { 0, 1 };

        public override void Read(ReadOnlySpan<int> rows, Span<float> destination)
        {
            destination.Fill(0.5f);
            for (var i = 0; i < rows.Length; i++)
                destination[(i + 1) * Shape.Size - 1] = rows[i] == 1 ? last : 0.5f;
        }
    }

    private static T Refused<T>(string parameter, Func<object> call)
        where T : ArgumentException
    {
        var refused = Assert.Throws<T>(call);
        Assert.Equal(parameter, refused.ParamName);
        return refused;
    }
}
