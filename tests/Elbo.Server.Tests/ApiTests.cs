using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace Elbo.Server.Tests;

/// <summary>What the API answers, beside what the library computes from the same runs.</summary>
public class ApiTests(ServedModelsFixture served)
{
    private const double Tolerance = 1e-5;

    [Fact]
    public async Task Samples_are_those_of_the_library_for_the_same_seed()
    {
        using var run = Run.Load(served.FolderOf("cvae"));
        var (status, body) = await served.Post("cvae/sample", """{"count": 70, "labels": [2], "seed": 7}""");

        Assert.Equal(200, status);
        Assert.Equal([1, 4, 4], Numbers(body["shape"]).Select(size => (int)size));
        Assert.Equal(7, (int)body["seed"]!);
        AssertClose(run.Model.Sample(70, label: 2, seed: 7).Values.ToArray(), body["values"]!.AsArray().SelectMany(Numbers));
    }

    [Fact]
    public async Task A_seed_that_was_not_given_is_named_and_gives_the_same_samples_again()
    {
        var first = (await served.Post("cvae/sample", """{"labels": [0, 1]}""")).Body;
        var again = (await served.Post("cvae/sample", $$"""{"labels": [0, 1], "seed": {{first["seed"]}}}""")).Body;
        Assert.Equal(2, first["values"]!.AsArray().Count);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task Codes_are_encoded_and_decoded_as_the_library_does()
    {
        var model = InferenceModel.Load(served.FolderOf("cvae"));
        var (_, codes) = await served.Post("cvae/encode", $$"""{"values": [{{served.ValuesOf(0)}}], "labels": [0]}""");
        var mean = Numbers(codes["mean"]![0]);
        AssertClose(model.Encode(new() { Pixels = served.Pixels(0), Labels = [0] }), mean);
        Assert.Equal(2, Numbers(codes["logVariance"]![0]).Count());

        var (_, decoded) = await served.Post("cvae/decode", $$"""{"codes": [[{{string.Join(',', mean)}}]], "labels": [0]}""");
        var values = new float[16];
        model.Decode(new() { Codes = [.. mean.Select(each => (float)each)], Labels = [0] }, values);
        AssertClose(values, Numbers(decoded["values"]![0]));
    }

    [Fact]
    public async Task Scores_and_anomalies_are_those_of_the_calibrated_run()
    {
        using var run = Run.Load(served.FolderOf("cvae"));
        var (threshold, expected) = (run.ReadThreshold()!, run.Score(served.Images));
        var rows = string.Join(',', Enumerable.Range(0, served.Images.Count).Select(served.ValuesOf));
        var labels = string.Join(',', Enumerable.Range(0, served.Images.Count).Select(i => i % 3));
        var (_, body) = await served.Post("cvae/score", $$"""{"values": [{{rows}}], "labels": [{{labels}}]}""");

        AssertClose(expected.Select(score => (float)score.Reconstruction), Numbers(body["reconstruction"]));
        AssertClose(expected.Select(score => (float)score.Kl!), Numbers(body["kl"]));
        AssertClose(expected.Select(score => (float)score.NegativeElbo!), Numbers(body["negativeElbo"]));
        Assert.Equal(threshold.Value, (double)body["threshold"]!["value"]!, 12);
        var anomalies = body["isAnomaly"]!.AsArray().Select(each => (bool)each!).ToList();
        // The threshold is one of these very scores, which is above it or not by its last bit.
        var clear = Enumerable.Range(0, expected.Count)
            .Where(i => Math.Abs(expected[i].ToAnomalyScore() - threshold.Value) > 1e-3).ToList();
        Assert.Equal(expected.Count - 1, clear.Count);
        Assert.Equal(clear.Select(i => threshold.IsAnomaly(expected[i].ToAnomalyScore())), clear.Select(i => anomalies[i]));
        Assert.InRange(anomalies.Count(each => each), 1, 6);
    }

    [Fact]
    public async Task A_score_is_averaged_over_draws()
    {
        using var run = Run.Load(served.FolderOf("rows"));
        var row = RowDataset.FromRows([[3, 57, 3]]);
        var expected = run.Model.Score(row, samples: 5, seed: 9)[0];
        var (_, body) = await served.Post("rows/score", """{"values": [[3, 57, 3]], "draws": 5, "seed": 9}""");
        AssertClose([(float)expected.NegativeElbo!], Numbers(body["negativeElbo"]));
        Assert.Null(body["isAnomaly"]);
    }

    [Fact]
    public async Task The_hidden_part_of_an_example_is_completed_whatever_it_is()
    {
        var model = InferenceModel.Load(served.FolderOf("complete"));
        var pixels = served.Pixels(1);
        var values = Array.ConvertAll(pixels, pixel => pixel / 255f);
        var hidden = string.Join(',', values.Select((value, i) => i < 8 ? value.ToString("R") : "null"));
        var (status, body) = await served.Post("complete/complete", $$"""{"values": [{{hidden}}], "count": 3, "seed": 4}""");

        Assert.Equal(200, status);
        AssertClose(model.Complete(values, 3, seed: 4), body["values"]!.AsArray().SelectMany(Numbers));
        AssertClose(values[..8], Numbers(body["values"]![0]).Take(8));
    }

    [Fact]
    public async Task A_picture_is_taken_and_given_in_place_of_numbers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/models/cvae/sample")
        {
            Content = new StringContent("""{"count": 3, "labels": [1], "seed": 2}""", new MediaTypeHeaderValue("application/json")),
            Headers = { Accept = { new("image/png") } },
        };
        using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("2", Assert.Single(response.Headers.GetValues("Elbo-Seed")));
        using var grid = SKBitmap.Decode(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var samples = InferenceModel.Load(served.FolderOf("cvae")).Sample(3, 1, seed: 2);
        Assert.Equal((8, 8), (grid.Width, grid.Height));
        for (var i = 0; i < samples.Length; i++)
        {
            var (image, y, x) = (i / 16, i % 16 / 4, i % 4);
            Assert.Equal((byte)Math.Round(samples[i] * 255), grid.GetPixel((image % 2 * 4) + x, (image / 2 * 4) + y).Red);
        }

        using var picture = new ByteArrayContent(PngOf(0)) { Headers = { ContentType = new("image/png") } };
        using var scored = await served.Client.PostAsync(
            "v1/models/cvae/score?labels=2&seed=3", picture, TestContext.Current.CancellationToken);
        var inJson = await served.Post(
            "cvae/score", $$"""{"images": ["{{Convert.ToBase64String(PngOf(0))}}"], "labels": [2], "seed": 3}""");
        var asNumbers = await served.Post("cvae/score", $$"""{"values": [{{served.ValuesOf(0)}}], "labels": [2], "seed": 3}""");
        Assert.Equal(asNumbers.Body.ToJsonString(), inJson.Body.ToJsonString());
        var text = await scored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(asNumbers.Body.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
    }

    [Fact]
    public async Task The_models_are_described()
    {
        var text = await served.Client.GetStringAsync("v1/models", TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(text)!["models"]!.AsArray();
        Assert.Equal(["binary", "complete", "cvae", "rows"], body.Select(model => (string)model!["name"]!));
        Assert.Equal(["sample", "encode", "decode", "score"], body[2]!["operations"]!.AsArray().Select(each => (string)each!));
        Assert.Contains("complete", body[1]!["operations"]!.AsArray().Select(each => (string)each!));
        Assert.Equal(["a", "b", "c"], body[3]!["columnNames"]!.AsArray().Select(each => (string)each!));
        Assert.Equal("zeros and ones", (string)body[0]!["units"]!);
        var one = JsonNode.Parse(await served.Client.GetStringAsync("v1/models/cvae", TestContext.Current.CancellationToken))!;
        Assert.True(JsonNode.DeepEquals(body[2], one));
    }

    [Fact]
    public async Task Every_path_of_the_OpenAPI_document_answers()
    {
        var document = JsonNode.Parse(await served.Client.GetStringAsync("openapi/v1.json", TestContext.Current.CancellationToken))!;
        Assert.StartsWith("3.1", (string)document["openapi"]!);
        var paths = document["paths"]!.AsObject();
        Assert.Equal(10, paths.Count);
        foreach (var (path, operations) in paths)
        {
            var (method, _) = Assert.Single(operations!.AsObject());
            using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), path.Replace("{model}", "complete").TrimStart('/'));
            if (method == "post")
                request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
            using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var status = ((int)response.StatusCode).ToString();
            Assert.NotEqual("404", status);
            Assert.True(
                operations[method]!["responses"]![status] is not null, $"{method} {path} answered {status}, which is not documented.");
        }
    }

    private static IEnumerable<double> Numbers(JsonNode? array) => array!.AsArray().Select(number => (double)number!);

    private static void AssertClose(IEnumerable<float> expected, IEnumerable<double> actual)
    {
        var (first, second) = (expected.ToList(), actual.ToList());
        Assert.Equal(first.Count, second.Count);
        Assert.All(first.Zip(second), pair => Assert.InRange(
            Math.Abs(pair.First - pair.Second), 0, Tolerance * Math.Max(1, Math.Abs(pair.First))));
    }

    private byte[] PngOf(int image)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(4, 4, SKColorType.Gray8, SKAlphaType.Opaque));
        var pixels = served.Pixels(image);
        for (var y = 0; y < 4; y++)
            pixels.AsSpan(y * 4, 4).CopyTo(bitmap.GetPixelSpan()[(y * bitmap.RowBytes)..]);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
