using Elbo.Inference;
using Elbo.ML;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace Extending.Pipelines;

/// <summary>The estimator in pipelines of ML.NET, on a column of vectors.</summary>
public sealed class PipelineTests(TrainedPipeline trained) : IClassFixture<TrainedPipeline>
{
    private readonly Lazy<InferenceModel> _model = new(() => InferenceModel.Load(trained.Run));

    private MLContext Context => trained.Context;

    [Fact]
    public void The_columns_have_the_types_that_the_pages_name()
    {
        var schema = trained.Transformer.GetOutputSchema(trained.Rows.Schema);

        Assert.Equal(["Features", "Number", "Code", "NegativeElbo", "IsAnomaly"], schema.Select(column => column.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), schema["Code"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["NegativeElbo"].Type);
        Assert.Equal(BooleanDataViewType.Instance, schema["IsAnomaly"].Type);
    }

    [Fact]
    public void The_columns_are_what_the_library_computes_of_the_same_model()
    {
        var readings = Reading.Normal(200, seed: 2);
        var scored = Score(readings);
        var rows = RowDataset.FromRows([.. readings.Select(each => each.Features.Select(value => (double)value).ToArray())]);

        using var run = Elbo.Run.Load(trained.Run);
        var codes = run.Model.Encode(rows);
        for (var i = 0; i < scored.Length; i++)
        {
            var expected = codes[i];
            for (var j = 0; j < 3; j++)
                Assert.Equal(expected[j], scored[i].Code[j], 1e-5 * Math.Max(1, Math.Abs(expected[j])));
        }

        // The library draws other z for every row, and many of them; the standard error of the mean over draws that all rows share is
        // that of the draws' own means.
        var library = run.Model.Score(rows, samples: 400).Average(score => score.NegativeElbo!.Value);
        var means = SharedDraws().Select(epsilon => readings.Average(reading => ScoreAt(reading, epsilon))).ToArray();
        var deviation = Math.Sqrt(means.Sum(mean => (mean - means.Average()) * (mean - means.Average())) / (means.Length - 1));
        var error = deviation / Math.Sqrt(means.Length);
        Assert.Equal(library, scored.Average(row => row.NegativeElbo), 3 * error);
        // A term that is missing would be noticed.
        Assert.InRange(3 * error, 0, run.Model.Score(rows).Average(score => score.Kl!.Value));
    }

    [Fact]
    public void A_score_is_the_mean_over_draws_that_are_the_same_for_every_row()
    {
        var readings = Reading.Normal(5, seed: 3);
        var scores = readings.Select(reading => SharedDraws().Average(epsilon => ScoreAt(reading, epsilon))).ToArray();

        Assert.Equal(scores, Score(readings).Select(score => score.NegativeElbo), (one, other) => Math.Abs(one - other) < 1e-4);
        Assert.Equal(Score(readings).Last().NegativeElbo, Score([readings[^1]]).Single().NegativeElbo);
    }

    [Fact]
    public void New_normal_rows_are_called_anomalies_at_the_rate_and_others_nearly_always()
    {
        var threshold = trained.Transformer.Threshold;
        Assert.Equal((0.05, 300), (threshold.FalsePositiveRate, threshold.Count));
        Assert.True(threshold.Low <= threshold.Value && threshold.Value <= threshold.High);

        var normal = Score(Reading.Normal(4000, seed: 4));
        Assert.All(normal, row => Assert.Equal(row.NegativeElbo > threshold.Value, row.IsAnomaly));
        // The rate of one threshold differs as Beta(n + 1 - k, k); the sample of 4,000 adds less than half of that.
        Assert.InRange(normal.Average(row => row.IsAnomaly ? 1.0 : 0), threshold.RateLow - 0.015, threshold.RateHigh + 0.015);
        var broken = Reading.Normal(200, seed: 5);
        foreach (var reading in broken)
            reading.Features[2] += 8;
        Assert.True(Score(broken).Count(row => row.IsAnomaly) > 190);
    }

    [Fact]
    public void A_saved_pipeline_gives_the_same_columns_bit_for_bit()
    {
        var file = trained.FileFor("pipeline.zip");
        Context.Model.Save(trained.Model, trained.Rows.Schema, file);
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out var schema);

        Assert.Equal(["Features", "Number"], schema.Select(column => column.Name));
        Assert.True(loaded.IsRowToRowMapper);
        Assert.Equal(
            trained.Model.GetOutputSchema(trained.Rows.Schema).Select(column => $"{column.Name} {column.Type}"),
            loaded.GetOutputSchema(trained.Rows.Schema).Select(column => $"{column.Name} {column.Type}"));
        var (before, after) = (trained.Model.Transform(trained.Rows), loaded.Transform(trained.Rows));
        Assert.Equal(Bits(before, "Code"), Bits(after, "Code"));
        Assert.Equal(Bits(before, "Scaled"), Bits(after, "Scaled"));
        Assert.Equal(before.GetColumn<float>("NegativeElbo"), after.GetColumn<float>("NegativeElbo"));
        Assert.Equal(before.GetColumn<bool>("IsAnomaly"), after.GetColumn<bool>("IsAnomaly"));

        // The transformer alone, and what was loaded, are saved as well.
        Context.Model.Save(trained.Transformer, trained.Rows.Schema, trained.FileFor("alone.zip"));
        fresh.Model.Save(loaded, schema, trained.FileFor("again.zip"));
        var alone = new MLContext().Model.Load(trained.FileFor("alone.zip"), out _).Transform(trained.Rows);
        var again = new MLContext().Model.Load(trained.FileFor("again.zip"), out _).Transform(trained.Rows);
        Assert.Equal(Bits(before, "Code"), Bits(alone, "Code"));
        Assert.Equal(Bits(before, "Scaled"), Bits(again, "Scaled"));
    }

    [Fact]
    public void A_prediction_engine_gives_what_the_rows_give()
    {
        var readings = Reading.Normal(3, seed: 6);
        var expected = Score(readings);
        using var engine = Context.Model.CreatePredictionEngine<Reading, ScoredReading>(trained.Model);
        foreach (var (reading, row) in readings.Zip(expected))
        {
            var one = engine.Predict(reading);
            Assert.Equal(row.Code, one.Code);
            Assert.Equal((row.NegativeElbo, row.IsAnomaly), (one.NegativeElbo, one.IsAnomaly));
        }
    }

    [Fact]
    public void Threads_read_the_same_rows_at_the_same_time()
    {
        var scored = trained.Transformer.Transform(trained.Rows);
        var expected = ScoredReading.Of(Context, scored).Select(row => row.NegativeElbo).ToArray();
        var read = new float[4][];
        Parallel.For(0, read.Length, i => read[i] = [.. scored.GetColumn<float>("NegativeElbo")]);
        Assert.All(read, scores => Assert.Equal(expected, scores));
    }

    [Fact]
    public void Only_the_columns_that_are_asked_for_are_read_and_computed()
    {
        var asked = 0;
        var rows = Context.Data.LoadFromEnumerable(Reading.Normal(10, seed: 7));
        var counted = Context.Transforms.CustomMapping<Reading, Counted>(
            (reading, row) =>
            {
                asked++;
                row.Features = reading.Features;
            },
            null).Fit(rows).Transform(rows);
        var scored = trained.Transformer.Transform(counted);

        Assert.Equal(10, scored.GetColumn<int>("Number").Count());
        Assert.Equal(0, asked);
        Assert.Equal(10, scored.GetColumn<bool>("IsAnomaly").Count());
        Assert.Equal(10, asked);
    }

    [Fact]
    public void The_same_seed_gives_the_same_transformer_and_no_tensor_is_left()
    {
        IEnumerable<float> Train() => Context.Transforms
            .Elbo(TrainedPipeline.Options with { Training = new() { Epochs = 1, Seed = 9 } })
            .Fit(trained.Rows).Transform(trained.Rows).GetColumn<float>("NegativeElbo").ToArray();
        // Where weights are loaded into a model, TorchSharp counts each once more, also after the model was disposed.
        var library = GrowthBy(() =>
        {
            using var model = Vae.Create(ValueShape.Vector(4), TrainedPipeline.Options.Model);
            new Trainer(model, new() { Epochs = 1 }).Fit(new RowDataset(ValueShape.Vector(4), new float[4 * 100]));
        });
        var first = Train();
        Assert.Equal(library, GrowthBy(() => Assert.Equal(first, Train())));

        static long GrowthBy(Action action)
        {
            var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
            action();
            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
        }
    }

    private static List<int[]> Bits(IDataView rows, string column) =>
        [.. rows.GetColumn<float[]>(column).Select(values => values.Select(BitConverter.SingleToInt32Bits).ToArray())];

    private ScoredReading[] Score(IEnumerable<Reading> readings) =>
        ScoredReading.Of(Context, trained.Transformer.Transform(Context.Data.LoadFromEnumerable(readings)));

    private sealed class Counted
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private IEnumerable<float[]> SharedDraws()
    {
        var draws = new float[TrainedPipeline.Options.Draws * 3];
        _model.Value.Epsilon(TrainedPipeline.Options.Training.Seed, draws);
        return draws.Chunk(3);
    }

    private float ScoreAt(Reading reading, float[] epsilon)
    {
        var (reconstruction, kl) = (new float[1], new float[1]);
        _model.Value.Score(new() { Values = reading.Features, Epsilon = epsilon }, reconstruction, kl);
        return reconstruction[0] + kl[0];
    }
}
