using System.Net;
using Elbo.Story;
using Microsoft.Extensions.DependencyInjection;

namespace Elbo.Studio.Tests;

/// <summary>The decoders that browsers load.</summary>
public class DecoderRequestTests(StudioOfOwnRuns studio) : IClassFixture<StudioOfOwnRuns>
{
    private const string Octets = "application/octet-stream";

    private ModelStore Store => studio.Server.Services.GetRequiredService<ModelStore>();

    [Fact]
    public async Task Every_bundled_decoder_is_small()
    {
        foreach (var id in studio.Server.Services.GetRequiredService<BundledModels>().All.Select(model => model.Id))
        {
            var opened = await Store.Open(id);
            Assert.True(BrowserDecoder.IsPossible(opened), id);
            using var response = await Send(DecoderAddress.Of(opened, ChosenCondition.None)!.Weights);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(Octets, response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
            Assert.InRange(response.Content.Headers.ContentLength!.Value, 10_000, BrowserDecoder.MaxBytes);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("labels")]
    [InlineData("attributes")]
    [InlineData("region")]
    [InlineData("joined")]
    public async Task A_run_has_its_decoder_and_what_its_condition_changes(string name)
    {
        var opened = await Store.Open(studio.Own.IdOf(name));
        var address = DecoderAddress.Of(opened, ChosenCondition.None.For(opened))!;
        using var weights = await Send(address.Weights);
        Assert.Equal(HttpStatusCode.OK, weights.StatusCode);
        Assert.Equal(name == "plain", address.Condition is null);
        if (address.Condition is null)
            return;
        using var condition = await Send(address.Condition);
        Assert.Equal(HttpStatusCode.OK, condition.StatusCode);
        Assert.InRange(condition.Content.Headers.ContentLength!.Value, 50, 5_000);
    }

    [Fact]
    public async Task A_network_of_the_usual_size_is_sent_with_fewer_steps_and_a_larger_one_not_at_all()
    {
        foreach (var (hidden, steps) in new (int[], int)[] { ([100], 127), ([400], 63), ([400, 150], 31), ([1000], 0) })
        {
            var options = new ModelOptions
            {
                Shape = new ImageShape(1, 28, 28),
                LatentSize = 20,
                Network = new() { Hidden = hidden },
            };
            var model = LatentVariableModel.Create(options);
            var configuration = new RunConfiguration { Model = model.Options };
            var opened = new OpenModel("x", "x", configuration, new RowDataset(model.Shape, new float[784]), () => model);
            if (steps == 0)
            {
                Assert.False(BrowserDecoder.IsPossible(opened));
                continue;
            }

            Assert.True(BrowserDecoder.IsPossible(opened));
            var decoder = BrowserDecoder.Of(opened);
            Assert.InRange(decoder.Weights!.Bytes.Length, 50_000, BrowserDecoder.MaxBytes);
            var largest = decoder.Quantized!.Network.Layers.Cast<QuantizedLayer>().Max(layer => layer.Integers.Max(Math.Abs));
            Assert.True(largest == steps, $"{string.Join(',', hidden)}: {largest}");
            model.Dispose();
        }
    }

    [Theory]
    [InlineData("/models/no-such-model/decoder")]
    [InlineData("/models/..%2Fkl-1/decoder")]
    [InlineData("/models/..%5C..%5Cmodels%5Ckl-1/decoder")]
    [InlineData("/models/%2Fetc%2Fpasswd/decoder")]
    [InlineData("/models/KL-1/decoder")]
    [InlineData("/models/kl-1/decoder?v=1")]
    [InlineData("/models/run-0123456789abcdef/decoder")]
    [InlineData("/models/run-0123456789abcdef/decoder/condition?label=1")]
    [InlineData("/story/modules/engine/..%2F..%2Fpage.html")]
    [InlineData("/story/modules/styles/2-elements.css")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        using var response = await Send(address);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_run_that_is_not_decoded_in_browsers_or_has_other_weights_is_not_found()
    {
        var opened = await Store.Open(studio.Own.IdOf("convolution"));
        Assert.Null(DecoderAddress.Of(opened, ChosenCondition.None));
        foreach (var name in new[] { "convolution", "table" })
        {
            var run = await Store.Open(studio.Own.IdOf(name));
            using var response = await Send($"/models/{run.Id}/decoder?v={run.Version}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var older = await Send($"/models/{studio.Own.IdOf("plain")}/decoder?v=1-1");
        Assert.Equal(HttpStatusCode.NotFound, older.StatusCode);
    }

    [Theory]
    [InlineData("?label=99&picture=-5&attributes=nonsense")]
    [InlineData("?label=%00&picture=1e99&attributes=NaN,Infinity")]
    [InlineData("")]
    public async Task A_condition_of_nonsense_is_a_valid_one(string query)
    {
        var opened = await Store.Open(studio.Own.IdOf("joined"));
        var separator = query.Length == 0 ? "?" : "&";
        using var response = await Send($"/models/{opened.Id}/decoder/condition{query}{separator}v={opened.Version}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Without_access_nothing_of_it_is_sent()
    {
        foreach (var address in new[] { "/models/kl-1/decoder", "/story/modules/engine/model.js" })
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(
                $"http://localhost:{studio.Port}{address}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> Send(string address)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AutomaticDecompression = DecompressionMethods.None });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{studio.Port}/{address.TrimStart('/')}");
        request.Headers.Add("Cookie", studio.Cookie);
        request.Headers.Add("Accept-Encoding", "gzip");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
