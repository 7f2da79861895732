using System.Diagnostics;
using Elbo.Inference;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Elbo.Benchmarks;

/// <summary>The same model without libtorch, by ONNX Runtime, and by libtorch: one picture and batches, each on one thread.</summary>
internal static class InferenceTable
{
    private const int TargetExamples = 4_000;

    public static void Measure(Bench bench)
    {
        var repeats = bench.Repeats(9);
        var report = new Report(bench, "inference", "Inference", repeats);
        report.Text(
            "Microseconds per example of the default CVAE, in process, on one thread: Elbo.Inference, ONNX Runtime on the exported files, "
            + "and the library (libtorch) on the same weights. Decoding gives the mean of p(x|z, c), scoring the terms of -ELBO.");
        using var model = TrainingModel.Conditional("mean", 1).Create(bench.MnistData.Shape);
        var folder = Directory.CreateTempSubdirectory("elbo-inference-").FullName;
        var threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            var export = OnnxExport.Write(model, Path.Combine(folder, "onnx")).Folder;
            var rows = new List<IReadOnlyList<string>>();
            foreach (var batch in new[] { 1, 32, 512 })
            {
                rows.Add(Row(report, $"decode, batch {batch}", Decoders(model, export, batch, bench), repeats));
                rows.Add(Row(report, $"score, batch {batch}", Scorers(model, export, batch, bench), repeats));
            }

            report.Table(
                ["what", "Elbo.Inference, µs", "ONNX Runtime, µs", "libtorch, µs", "against ONNX Runtime", "against libtorch"], rows);
        }
        finally
        {
            torch.set_num_threads(threads);
            Directory.Delete(folder, recursive: true);
        }

        report.Save();
    }

    private static string[] Row(Report report, string what, IReadOnlyList<Contender> contenders, int repeats)
    {
        var measured = Interleaved.Measure(contenders, repeats);
        foreach (var measurement in measured)
            report.Rounds(what, measurement, "µs");
        return
        [
            what, .. measured.Select(each => each.Spread.ToString("0.0")),
            .. measured.Skip(1).Select(each => measured[0].SpeedRelativeTo(each).ToString("0.00")),
        ];
    }

    private static Contender[] Decoders(LatentVariableModel model, string export, int batch, Bench bench)
    {
        var own = InferenceModel.Load(export);
        var codes = model.Epsilon(batch, 1);
        int[] labels = [.. Enumerable.Range(0, batch).Select(i => i % 10)];
        var values = new float[batch * model.Shape.Size];
        var session = Open(export, "decoder");
        var inputs = new Dictionary<string, OrtValue>
        {
            ["z"] = OrtValue.CreateTensorValueFromMemory(codes, [batch, model.LatentSize]),
            ["label"] = Labels(labels),
        };
        var latent = new LatentCodes(model.LatentSize, codes);
        return
        [
            Slice("Elbo.Inference", batch, bench, () => own.Decode(new() { Codes = codes, Labels = labels }, values)),
            Slice("ONNX Runtime", batch, bench, () => Run(session, inputs, "mean")),
            Slice("libtorch", batch, bench, () => model.Decode(latent, labels)),
        ];
    }

    private static Contender[] Scorers(LatentVariableModel model, string export, int batch, Bench bench)
    {
        var own = InferenceModel.Load(export);
        var epsilon = model.Epsilon(batch, 1);
        var examples = bench.MnistData.Test.Subset([.. Enumerable.Range(0, batch)]);
        int[] labels = [.. examples.Labels.Span];
        var pixels = new byte[batch * model.Shape.Size];
        var values = new float[pixels.Length];
        examples.Read([.. Enumerable.Range(0, batch)], values.AsSpan());
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Round(values[i] * byte.MaxValue);
        var image = model.Shape.Image!.Value;
        var session = Open(export, "score");
        var inputs = new Dictionary<string, OrtValue>
        {
            ["image"] = OrtValue.CreateTensorValueFromMemory(pixels, [batch, image.Channels, image.Height, image.Width]),
            ["epsilon"] = OrtValue.CreateTensorValueFromMemory(epsilon, [batch, model.LatentSize]),
            ["label"] = Labels(labels),
        };
        var (reconstruction, kl, sum) = (new float[batch], new float[batch], new float[batch]);
        return
        [
            Slice("Elbo.Inference", batch, bench, () => own.Score(
                new() { Pixels = pixels, Labels = labels, Epsilon = epsilon }, reconstruction, kl, sum)),
            Slice("ONNX Runtime", batch, bench, () => Run(session, inputs, "reconstruction", "kl", "negative_elbo")),
            Slice("libtorch", batch, bench, () => model.Score(examples)),
        ];
    }

    private static Contender Slice(string name, int batch, Bench bench, Action work) => new(name, () =>
    {
        var calls = Math.Max(1, bench.Size(TargetExamples) / batch);
        work();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            work();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls / batch;
    });

    private static void Run(InferenceSession session, Dictionary<string, OrtValue> inputs, params string[] outputs)
    {
        using var options = new RunOptions();
        session.Run(options, inputs, outputs).Dispose();
    }

    private static InferenceSession Open(string folder, string graph)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(Path.Combine(folder, graph + ".onnx"), options);
    }

    private static OrtValue Labels(int[] labels) =>
        OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(labels, label => (long)label), [labels.Length]);
}
