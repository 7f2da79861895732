using Elbo.Inference;
using Elbo.Onnx;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Elbo.Tests;

/// <summary>Exported graphs, run by ONNX Runtime, give what the models give: for every part that the family offers.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private static readonly string[] All = ["encoder", "prior", "decoder", "sampler", "score"];

    private readonly TemporaryFolder _folder = new();

    // The objective is no part of what is exported.
    public static TheoryData<string> Names => [.. ModelVariants.Names
        .GroupBy(name => ModelVariants.OptionsOf(name)).Select(group => group.First())
        .Where(name => !name.EndsWith("modules of a user", StringComparison.Ordinal))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_graphs_of_every_model_give_what_it_gives(string name)
    {
        var (model, _) = ModelVariants.Create(name);
        using var _1 = model;
        var result = OnnxExport.Write(model, _folder["onnx"], new() { Opset = 13 });

        Assert.Equal(All.Order(), result.Graphs.Concat(result.LeftOut.Select(left => left.Graph)).Order());
        var differences = OnnxCheck.Run(model, result.Folder, ModelVariants.Conditions(model.Shape), seed: 5);
        Assert.Equal(result.Graphs.Order(), differences.Select(difference => difference.Graph).Distinct().Order());
        Assert.All(differences, difference => Assert.True(difference.Greatest <= 1e-5, $"{difference}"));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(17)]
    public void The_checker_of_ONNX_accepts_every_file(int opset)
    {
        string[] few =
            ["vae, discretized-logistic", "cvae-quadrant-1, conv", "vae, prior mixture", "label+attributes", "label, deterministic"];
        var names = opset == OnnxExport.DefaultOpset ? [.. Names.Select(row => row.Data)] : few;
        var files = 0;
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            using var model = ModelVariants.Create(name).Model;
            files += OnnxExport.Write(model, _folder[$"{i}"], new() { Opset = opset }).Graphs.Count;
        }

        var output = Python.Run(
            """
            import onnx, pathlib, sys
            for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.onnx')):
                model = onnx.load(path)
                onnx.checker.check_model(model, full_check=True)
                print(path.stem, model.opset_import[0].version, *(input.name for input in model.graph.input))
            """,
            ["onnx"], _folder.Path);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(files, lines.Length);
        Assert.All(lines, line => Assert.Equal($"{opset}", line.Split(' ')[1]));
        Assert.Contains($"score {opset} image epsilon label attributes", lines);
        Assert.Contains($"sampler {opset} epsilon visible", lines);
        Assert.Contains($"sampler {opset} label", lines);
    }

    [Fact]
    public void A_label_out_of_range_makes_every_output_NaN_and_those_of_other_examples_not()
    {
        // Its activation, a rectifier, may turn NaN into 0.
        using var model = Cvae.Create(
            ModelVariants.Shape, Condition.Label(3), o => o with { LatentSize = 2, Network = new() { Hidden = [8] } });
        var result = OnnxExport.Write(model, _folder["onnx"]);
        Assert.Equal(All, result.Graphs);
        foreach (var graph in result.Graphs)
        {
            using var session = new InferenceSession(Path.Combine(result.Folder, $"{graph}.onnx"));
            var inputs = session.InputMetadata.ToDictionary(input => input.Key, input => input.Key switch
            {
                "label" => OrtValue.CreateTensorValueFromMemory(new long[] { 2, 3, -1 }, [3]),
                "image" => OrtValue.CreateTensorValueFromMemory(new byte[90], [3, 1, 6, 5]),
                _ => OrtValue.CreateTensorValueFromMemory(new float[6], [3, 2]),
            });
            using var options = new RunOptions();
            using var outputs = session.Run(options, inputs, session.OutputNames);
            foreach (var output in outputs)
            {
                var values = output.GetTensorDataAsSpan<float>().ToArray();
                var size = values.Length / 3;
                Assert.All(values[..size], value => Assert.True(float.IsFinite(value)));
                Assert.All(values[size..], value => Assert.True(float.IsNaN(value)));
            }

            foreach (var input in inputs.Values)
                input.Dispose();
        }
    }

    [Theory]
    [InlineData(Binarization.None, false, "bytes, 0 for dark and 255 for bright")]
    [InlineData(Binarization.None, true, "0 for dark to 1 for bright")]
    [InlineData(Binarization.Dynamic, false, "zeros and ones")]
    public void Images_are_bytes_unless_the_model_takes_zeros_and_ones_or_floats_are_asked_for(
        Binarization binarization, bool floatImages, string units)
    {
        using var model = ModelVariants.Create("vae, bernoulli").Model;
        model.Binarization = binarization;
        var result = OnnxExport.Write(model, _folder["onnx"], new() { FloatImages = floatImages });
        Assert.Equal(units, Metadata(result.Folder)["elbo.units"]);
        var examples = ModelVariants.Conditions(model.Shape);
        Assert.All(OnnxCheck.Run(model, result.Folder, examples), difference => Assert.True(difference.Greatest <= 1e-5, $"{difference}"));
    }

    [Fact]
    public void Rows_are_taken_and_given_in_the_units_of_the_data()
    {
        var random = new Random(4);
        var rows = new RowDataset(
            ValueShape.Vector(3), Enumerable.Range(0, 60).Select(i => 100 * i % 7 + 1000 * random.NextSingle()).ToArray());
        using var model = Vae.Create(rows, o => o with { LatentSize = 2, Network = new() { Hidden = [8] } });
        var result = OnnxExport.Write(model, _folder["onnx"]);
        var differences = OnnxCheck.Run(model, result.Folder, rows);
        Assert.Contains(differences, difference => difference is { Graph: "sampler", Output: "row" });
        Assert.All(differences, difference => Assert.True(difference.Greatest <= 1e-5, $"{difference}"));
        Assert.Equal("the units of the data", Metadata(result.Folder)["elbo.units"]);
    }

    [Fact]
    public void An_export_of_a_run_names_its_data_and_is_the_same_bytes_again()
    {
        var images = ModelVariants.Conditions(ModelVariants.Shape);
        using (var model = Cvae.Create(ModelVariants.Shape, Condition.Label(3), o => o with { LatentSize = 2 }))
            new Trainer(model, new() { Epochs = 1, Directory = _folder["run"], Validation = 0 }).Fit(images);
        using var run = Run.Load(_folder["run"]);
        var first = OnnxExport.Write(run, _folder["first"]);
        var second = OnnxExport.Write(run, _folder["second"]);

        foreach (var graph in All)
            Assert.Equal(File.ReadAllBytes(_folder["first", $"{graph}.onnx"]), File.ReadAllBytes(_folder["second", $"{graph}.onnx"]));
        var metadata = Metadata(first.Folder);
        Assert.Equal(images.Sha256, metadata["elbo.data_sha256"]);
        Assert.Equal("[0,1,2]", metadata["elbo.labels"]);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(run.Directory.BestWeightsPath))),
            metadata["elbo.weights_sha256"]);
        Assert.Throws<FolderTakenException>(() => OnnxExport.Write(run, second.Folder));
    }

    [Fact]
    public void An_export_of_a_calibrated_run_has_its_threshold_unless_that_is_of_other_weights()
    {
        var directory = RunCopies.To(_folder["run"]);
        using var run = Run.Load(directory.Folder);
        var record = run.Calibrate(SmallRuns.Data.Test, 0.1);
        Assert.DoesNotContain(Metadata(OnnxExport.Write(run, _folder["before"]).Folder).Keys, IsOfThreshold);
        directory.WriteCalibration(record);

        var metadata = Metadata(OnnxExport.Write(run, _folder["after"]).Folder);

        var threshold = record.Threshold;
        Assert.Equal(
            [threshold.Value, threshold.FalsePositiveRate, threshold.Low!.Value, threshold.High!.Value],
            new[] { "", "_rate", "_low", "_high" }
                .Select(name => double.Parse(metadata["elbo.threshold" + name], System.Globalization.CultureInfo.InvariantCulture)));

        directory.WriteCalibration(record with { Threshold = threshold with { Low = null, High = null } });
        metadata = Metadata(OnnxExport.Write(run, _folder["without"]).Folder);
        Assert.Equal(
            ["elbo.threshold", "elbo.threshold_draws", "elbo.threshold_rate", "elbo.threshold_seed"],
            metadata.Keys.Where(IsOfThreshold).Order());

        // Without libtorch the run and its export say the same.
        ModelThreshold expected = new(threshold.Value, threshold.FalsePositiveRate, null, null, record.Samples, record.Seed);
        Assert.Equal(expected, InferenceModel.Load(_folder["without"]).Threshold);
        Assert.Equal(expected, InferenceModel.Load(directory.Folder).Threshold);
        Assert.Equal(threshold.High, InferenceModel.Load(_folder["after"]).Threshold!.High);

        directory.WriteCalibration(record with { WeightsSha256 = record.DataSha256 });
        Assert.DoesNotContain(Metadata(OnnxExport.Write(run, _folder["stale"]).Folder).Keys, IsOfThreshold);
        Assert.Null(InferenceModel.Load(_folder["stale"]).Threshold);
        Assert.Null(InferenceModel.Load(directory.Folder).Threshold);
        File.WriteAllText(directory.CalibrationPath, "{}");
        Assert.Throws<InvalidDataException>(() => InferenceModel.Load(directory.Folder).Threshold);

        static bool IsOfThreshold(string key) => key.StartsWith("elbo.threshold", StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_in_one_sentence_and_leaves_nothing()
    {
        using var own = ModelVariants.Create("vae, modules of a user").Model;
        var exception = Assert.Throws<SettingsException>(() => OnnxExport.Write(own, _folder["own"]));
        Assert.Equal(
            "The module Sequential cannot be exported, because it does not describe its operations: implement IGraphModule.",
            exception.Message);
        using var model = ModelVariants.Create("vae, bernoulli").Model;
        exception = Assert.Throws<SettingsException>(() => OnnxExport.Write(model, _folder["old"], new() { Opset = 12 }));
        Assert.Contains("opset 12", exception.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_check_notices_other_weights_and_names_a_file_that_is_no_graph()
    {
        using var model = ModelVariants.Create("vae, bernoulli").Model;
        using var other = ModelVariants.Create("vae, bernoulli", seed: 2).Model;
        var examples = ModelVariants.Conditions(model.Shape);
        var folder = OnnxExport.Write(model, _folder["onnx"]).Folder;
        Assert.Contains(OnnxCheck.Run(other, folder, examples), difference => !difference.IsWithinTolerance);
        var file = Path.Combine(folder, "score.onnx");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        Assert.Contains(file, Assert.Throws<InputException>(() => OnnxCheck.Run(model, folder, examples)).Message);
        Assert.Throws<InputException>(() => OnnxCheck.Run(model, _folder["none"], examples));
    }

    [Fact]
    public void A_network_of_a_user_that_describes_itself_is_exported_and_leaves_no_tensor()
    {
        using var model = LatentVariableModel.Create(
            new() { Shape = ModelVariants.Shape, LatentSize = 2 }, modules: new(Decoder: new Affine(2, 30)));
        OnnxExport.Write(model, _folder["warm"]);
        var before = LiveTensors.OfThisThread;
        var result = OnnxExport.Write(model, _folder["onnx"]);
        Assert.Equal(before, LiveTensors.OfThisThread);
        var differences = OnnxCheck.Run(model, result.Folder, ModelVariants.Conditions(model.Shape));
        Assert.All(differences, difference => Assert.True(difference.Greatest <= 1e-5, $"{difference}"));
    }

    private static Dictionary<string, string> Metadata(string folder)
    {
        using var session = new InferenceSession(Path.Combine(folder, "score.onnx"));
        return session.ModelMetadata.CustomMetadataMap;
    }

    private sealed class Affine : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphModule
    {
        private readonly Dense _layer;

        public Affine(int inputs, int outputs)
            : base(nameof(Affine))
        {
            _layer = new Dense(inputs, outputs, new WeightNoise(3));
            register_module("layer", _layer);
        }

        public override torch.Tensor forward(torch.Tensor input) => _layer.forward(input);

        public GraphValue Describe(GraphValue input, GraphValue? features) => _layer.Describe(input.Beside(features));
    }
}
