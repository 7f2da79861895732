using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Elbo.Server.Tests.ServedModelsFixture))]

namespace Elbo.Server.Tests;

/// <summary>A server with small models of several kinds, trained once for the tests of this project.</summary>
public sealed class ServedModelsFixture : IAsyncLifetime
{
    private const int Side = 4;
    private static readonly ImageShape Shape = new(1, Side, Side);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("elbo-server-test-");
    private InferenceServer? _server;
    private HttpClient? _client;

    internal InferenceServer Server => _server!;

    /// <summary>A client with the token.</summary>
    internal HttpClient Client => _client!;

    /// <summary>Sixty images of 4 by 4 pixels, with three labels.</summary>
    internal ImageDataset Images { get; } = CreateImages();

    internal string FolderOf(string model) => Path.Combine(_folder.FullName, model);

    public async ValueTask InitializeAsync()
    {
        Train("cvae", Cvae.Create(Images.Shape, Condition.Label(3), Small));
        Train("complete", Cvae.Create(Images.Shape, Condition.Region("top-half", Shape), Small));
        Train("binary", Vae.Create(Images.Shape, Small), trainer => trainer with { Binarize = Binarization.Static });
        var rows = RowDataset.FromRows(Enumerable.Range(0, 60).Select(i => new double[] { i, 60 - i, i % 7 }), names: ["a", "b", "c"]);
        Train("rows", Vae.Create(rows.Shape, Small), data: rows);
        using (var run = Run.Load(FolderOf("cvae")))
            run.Directory.WriteCalibration(run.Calibrate(Images, 0.1));
        _server = await InferenceServer.StartAsync(new()
        {
            Models = new[] { "cvae", "complete", "binary", "rows" }.ToDictionary(name => name, FolderOf),
            Port = 0,
        });
        _client = new HttpClient { BaseAddress = _server.Address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Asks a model for something.</summary>
    /// <param name="path">The model and the operation.</param>
    /// <param name="request">The body in JSON.</param>
    /// <returns>The status, and the body in JSON.</returns>
    internal async Task<(int Status, JsonNode Body)> Post(string path, string request)
    {
        using var content = new StringContent(request, new MediaTypeHeaderValue("application/json"));
        using var response = await Client.PostAsync($"v1/models/{path}", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!);
    }

    /// <summary>The numbers of an image as JSON.</summary>
    internal string ValuesOf(int image) => $"[{string.Join(',', Pixels(image).Select(pixel => pixel / 255f))}]";

    internal byte[] Pixels(int image) => Images.Image(image).ToArray();

    private void Train(
        string name, LatentVariableModel model, Func<TrainerOptions, TrainerOptions>? options = null, ExampleSet? data = null)
    {
        using (model)
        {
            TrainerOptions trainer = new() { Epochs = 1, BatchSize = 20, Validation = 20, Directory = FolderOf(name), SamplePages = false };
            new Trainer(model, options?.Invoke(trainer) ?? trainer).Fit(data ?? Images);
        }
    }

    private static ModelOptions Small(ModelOptions options) => options with { LatentSize = 2, Network = new() { Hidden = [8] } };

    private static ImageDataset CreateImages()
    {
        var pixels = new byte[60 * Side * Side];
        new Random(1).NextBytes(pixels);
        return new ImageDataset(Shape, pixels, Enumerable.Range(0, 60).Select(i => i % 3).ToArray());
    }
}
