using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Benchmarks;

/// <summary>log p(x|c) by importance sampling, compared with its matrix products and with plain TorchSharp.</summary>
internal static class LikelihoodTable
{
    private const string Own = "Elbo";
    private const string Plain = "plain TorchSharp";
    private const string Bound = "matrix products alone (the bound)";

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "likelihood", "Importance sampling", repeats);
        var images = bench.Size(20);
        report.Text(
            $"Importance sampling of log p(x|c) of {images} images, K samples of z per image, {LikelihoodEstimator.PreferredRows} "
            + "latent codes per decoder call. Plain TorchSharp runs in the same process, with the same settings and the same chunk size.");

        var rows = new List<IReadOnlyList<string>>();
        var lists = new List<(string Name, ProductBound Products)>();
        foreach (var model in new[] { TrainingModel.Perceptron(1, 1), TrainingModel.Conditional("mean", 1) })
        {
            var name = model.Name.Split(", batch")[0];
            using var module = model.Create(bench.MnistData.Shape);
            var data = module.Reader(
                Bench.First(bench.MnistData.Test, images), Binarization.Static, 0, RandomPurpose.EvaluationBinarization);
            using var plain = new PlainLikelihood(model, bench.MnistData.Shape.Size);
            var decoder = Products(bench, model with { BatchSize = LikelihoodEstimator.PreferredRows }, isDecoder: true);
            lists.Add(($"{name}: products of the decoder", decoder));
            foreach (var samples in new[] { 5_000, 50 })
            {
                var estimator = new LikelihoodEstimator(module, samples, seed: 0);
                Batch[] batches = [.. Batches(data, estimator.BatchSize)];
                var encoder = Products(bench, model with { BatchSize = Math.Min(estimator.BatchSize, images) }, isDecoder: false);
                lists.Add(($"{name}, K = {samples}: products of the encoder and the prior", encoder));
                var chunks = (int)Math.Ceiling((double)images * samples / LikelihoodEstimator.PreferredRows);
                var draws = (double)images * samples;
                // So that a slice takes a few hundred milliseconds with few samples, too.
                var repetitions = bench.Size(5_000) / Math.Min(samples, bench.Size(5_000));
                var measured = Interleaved.Measure(
                    [
                        new(Own, () => Repeat(repetitions, () => Estimate(estimator, batches)) * 1000 / draws),
                        new(Plain, () => Repeat(repetitions, () => plain.Time(batches, samples)) * 1000 / draws),
                        new(Bound, () => Repeat(repetitions, () =>
                            (encoder.Slice(batches.Length) * batches.Length) + (decoder.Slice(chunks) * chunks)) * 1000 / draws),
                    ],
                    repeats);
                foreach (var measurement in measured)
                    report.Rounds($"{name}, K = {samples}", measurement, "microseconds per image and draw");
                var (own, plainTorch, bound) = (measured[0], measured[1], measured[2]);
                rows.Add(
                [
                    name, $"{samples}", own.Spread.ToString("0.00"), plainTorch.Spread.ToString("0.00"), bound.Spread.ToString("0.00"),
                    own.SpeedRelativeTo(bound).ToString("0.000"), own.SpeedRelativeTo(plainTorch).ToString("0.00"),
                ]);
            }
        }

        report.Table(
            [
                "model", "K", "Elbo, µs per image and draw", "plain TorchSharp", "products alone", "share of the bound",
                "speed relative to plain TorchSharp",
            ],
            rows);
        MeasureSum(bench, report, repeats);
        foreach (var (name, products) in lists)
        {
            report.Text($"## {name}");
            products.List(report);
            products.Dispose();
        }

        report.Save();
    }

    /// <summary>Measures the step after the products alone: the log density for given logits.</summary>
    private static void MeasureSum(Bench bench, Report report, int repeats)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var likelihood = new BernoulliLikelihood();
        using var generator = new Generator(1);
        var (pixels, calls) = (bench.MnistData.Shape.Size, bench.Size(200));
        var logits = randn([LikelihoodEstimator.PreferredRows, 1, pixels], float32, generator: generator) * 5;
        var x = rand([1, pixels], float32, generator: generator).gt(0.5).to(float32);
        var measured = Interleaved.Measure(
            [
                new(Own, () => Call(() => likelihood.LogDensity(logits, x))),
                new(Plain, () => Call(() =>
                    -nn.functional.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction: nn.Reduction.None).sum(-1))),
            ],
            repeats);
        foreach (var measurement in measured)
            report.Rounds("Bernoulli log density alone", measurement, "ms");
        report.Text("The Bernoulli log density alone, for given logits of the same number of latent codes:");
        report.Table(
            ["log density of", "Elbo, ms", "plain TorchSharp", "speed relative to plain TorchSharp"],
            [
                [
                    $"[{LikelihoodEstimator.PreferredRows}, {pixels}] logits",
                    measured[0].Spread.ToString("0.000"),
                    measured[1].Spread.ToString("0.000"),
                    measured[0].SpeedRelativeTo(measured[1]).ToString("0.00"),
                ],
            ]);

        double Call(Func<Tensor> logDensity)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
            {
                using var inner = NewDisposeScope();
                logDensity();
            }

            return Stopwatch.GetElapsedTime(started).TotalMilliseconds / calls;
        }
    }

    private static ProductBound Products(Bench bench, TrainingModel model, bool isDecoder) => ProductBound.Choose(
        [
            .. model.Products(bench.MnistData.Shape.Size, backward: false)
                .Where(product => product.Name.StartsWith("decoder", StringComparison.Ordinal) == isDecoder),
        ],
        bench.IsQuick);

    private static IEnumerable<Batch> Batches(BatchReader data, int size)
    {
        for (var start = 0; start < data.Count; start += size)
            yield return data.Slice(start, Math.Min(size, data.Count - start));
    }

    private static double Repeat(int times, Func<double> slice) => Enumerable.Range(0, times).Average(_ => slice());

    private static double Estimate(LikelihoodEstimator estimator, Batch[] batches)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
            _ = estimator.FromPosterior(batch);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
