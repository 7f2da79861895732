using Elbo.Inference;
using SkiaSharp;

namespace Elbo.Tests;

/// <summary>A run and an export, opened without libtorch: seeds, threads, memory, and what cannot be opened or asked.</summary>
public sealed class InferenceRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ImageDataset _images = ModelVariants.Conditions(ModelVariants.Shape);

    public InferenceRunTests()
    {
        using var model = Cvae.Create(
            ModelVariants.Shape, Condition.Label(3), options => options with { LatentSize = 3, Network = new() { Hidden = [40, 33] } });
        new Trainer(model, new() { Epochs = 2, Directory = _folder["run"], Validation = 0 }).Fit(_images);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_gives_the_samples_and_scores_that_the_library_gives_for_the_same_seeds()
    {
        using var run = Run.Load(_folder["run"]);
        var loaded = InferenceModel.Load(_folder["run"]);

        // More than go through the operations at once.
        AssertClose(run.Model.Sample(150, label: 2, seed: 7).Values.ToArray(), loaded.Sample(150, 2, seed: 7));
        var pixels = Pixels();
        int[] labels = [0, 1, 2];
        var scores = run.Model.Score(_images, seed: 4);
        AssertClose(
            [.. scores.Select(score => (float)score.NegativeElbo!)], loaded.Score(new() { Pixels = pixels, Labels = labels }, seed: 4));
        var values = Array.ConvertAll(pixels, pixel => pixel / 255f);
        AssertClose(
            loaded.Encode(new() { Pixels = pixels, Labels = labels }), loaded.Encode(new() { Values = values, Labels = labels }));
        Assert.Equal(("cvae", 3, 30), (loaded.Description.Kind, loaded.Description.LatentSize, loaded.Description.ValueCount));
        Assert.Equal([0, 1, 2], loaded.Description.Labels);
        Assert.Equal(run.Directory.ReadRecord().Dataset.TrainSha256, loaded.Description.Metadata["elbo.data_sha256"]);
    }

    [Fact]
    public void A_call_with_spans_allocates_nothing_once_it_was_made()
    {
        var model = InferenceModel.Load(_folder["run"]);
        var (epsilon, labels, values) = (new float[3 * 100], new int[100], new float[30 * 100]);
        var (reconstruction, kl) = (new float[100], new float[100]);
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            model.Epsilon(3, epsilon);
            model.Sample(new() { Epsilon = epsilon, Labels = labels }, values);
            model.Encode(new() { Values = values, Labels = labels }, epsilon);
            model.Score(new() { Values = values, Labels = labels, Epsilon = epsilon }, reconstruction, kl);
        }
    }

    [Fact]
    public void Threads_share_a_model_and_each_gets_its_own_results()
    {
        var model = InferenceModel.Load(_folder["run"]);
        var expected = Enumerable.Range(0, 8).Select(seed => model.Sample(20, seed % 3, (ulong)seed)).ToList();
        var other = InferenceModel.Load(_folder["run"]);
        Parallel.For(0, 64, i => Assert.Equal(expected[i % 8], other.Sample(20, i % 8 % 3, (ulong)(i % 8))));
    }

    [Fact]
    public void Half_of_a_picture_is_completed_without_a_look_at_the_other_half()
    {
        using var model = ModelVariants.Create("label+top-half+attributes").Model;
        var loaded = InferenceModel.Load(OnnxExport.Write(model, _folder["joined"]).Folder);
        Assert.Equal("top-half", loaded.Description.Visible);
        // It has two more conditions, which a completion by its picture alone does not give.
        Assert.Throws<ArgumentException>(() => loaded.Complete(new float[30]));

        using var quadrant = ModelVariants.Create("cvae-quadrant-2, conv").Model;
        loaded = InferenceModel.Load(OnnxExport.Write(quadrant, _folder["quadrant"]).Folder);
        var condition = (RegionCondition)quadrant.Condition!;
        float[] picture = [.. condition.Target!.Select(hidden => hidden > 0 ? float.NaN : 0.25f)];
        var completed = loaded.Complete(picture, count: 2, seed: 1);
        Assert.Equal(60, completed.Length);
        for (var i = 0; i < completed.Length; i++)
            Assert.True(condition.Target![i % 30] > 0 ? completed[i] is > 0 and < 1 : completed[i] == 0.25f, $"{i}: {completed[i]}");
    }

    [Fact]
    public void What_a_model_has_not_or_does_not_fit_is_refused_in_one_sentence()
    {
        var model = InferenceModel.Load(_folder["run"]);
        Refused<ArgumentOutOfRangeException>("The label 3 is none of the model's: 0, 1, 2.", () => model.Sample(1, label: 3));
        Refused<ArgumentException>("Labels has 0 numbers: 1 are needed for each example.", () => model.Sample(1));
        Refused<ArgumentException>(
            "Values has 29 numbers: 30 are needed for each example.",
            () => model.Encode(new() { Values = new float[29], Labels = new int[1] }));
        Refused<ArgumentException>(
            "The inputs are of 2 and of 1 examples.", () => model.Encode(new() { Values = new float[60], Labels = new int[1] }));
        Refused<ArgumentException>(
            "7 numbers of room were given", () => model.Encode(new() { Values = new float[30], Labels = new int[1] }, new float[7]));
        Refused<NotSupportedException>("not conditioned on a part", () => model.Complete(new float[30]));
        using var autoencoder = ModelVariants.Create("ae, bernoulli").Model;
        var ae = InferenceModel.Load(OnnxExport.Write(autoencoder, _folder["ae"]).Folder);
        Assert.False(ae.HasKl);
        Refused<NotSupportedException>(
            "has no KL term", () => ae.Score(new() { Values = new float[30] }, new float[1], kl: new float[1]));
    }

    [Fact]
    public void A_folder_or_file_that_is_no_model_is_named()
    {
        Refused<DirectoryNotFoundException>("There is no folder", () => InferenceModel.Load(_folder["none"]));
        Directory.CreateDirectory(_folder["empty"]);
        Refused<InvalidDataException>("is neither a run nor an export", () => InferenceModel.Load(_folder["empty"]));

        // Whatever byte is cut off or changed: a sentence, or the same model.
        var path = _folder["run", "graphs", "decoder.onnx"];
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length += 29)
        {
            File.WriteAllBytes(path, whole[..length]);
            AssertSentence(Decode);
            var changed = whole.ToArray();
            changed[length] ^= 0x15;
            File.WriteAllBytes(path, changed);
            AssertSentence(Decode);
        }

        File.WriteAllBytes(path, whole);
        var weights = _folder["run", "checkpoints", "best.safetensors"];
        var content = File.ReadAllBytes(weights);
        content[^1] ^= 1;
        File.WriteAllBytes(weights, content);
        Refused<InvalidDataException>("does not match its checksum", () => InferenceModel.Load(_folder["run"]).Sample(1, label: 0));
    }

    [Fact]
    public void A_picture_is_a_PNG_that_others_read()
    {
        float[] values = [0, 0.5f, 1, 0.25f, 2, -1, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1, 0, float.NaN];
        using var colour = SKBitmap.Decode(PngImage.Encode(values, 3, 2, 3));
        Assert.Equal((3, 2), (colour.Width, colour.Height));
        Assert.Equal(new SKColor(0, 26, 178), colour.GetPixel(0, 0));
        Assert.Equal(new SKColor(0, 153, 0), colour.GetPixel(2, 1));
        using var grey = SKBitmap.Decode(PngImage.Encode(values, 1, 6, 3));
        Assert.Equal(new SKColor(128, 128, 128), grey.GetPixel(1, 0));
        Assert.Throws<ArgumentException>(() => PngImage.Encode(values, 1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PngImage.Encode(values, 2, 3, 3));
    }

    private void Decode() =>
        InferenceModel.Load(_folder["run"]).Decode(new() { Codes = new float[3], Labels = new int[1] }, new float[30]);

    private byte[] Pixels()
    {
        var values = new float[3 * 30];
        _images.Read([0, 1, 2], values.AsSpan());
        return Array.ConvertAll(values, value => (byte)Math.Round(value * 255));
    }

    private static void AssertSentence(Action open)
    {
        try
        {
            open();
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or ArgumentException)
        {
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    private static void Refused<T>(string sentence, Action action)
        where T : Exception => Assert.Contains(sentence, Assert.ThrowsAny<T>(action).Message);

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs((double)pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)), $"{pair}"));
    }
}
