using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Elbo.Server.Tests;

/// <summary>Requests that cannot be answered: each gets one sentence, and the server goes on.</summary>
public class BadRequestTests(ServedModelsFixture served)
{
    private const string Sixteen = "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]";

    // A grey PNG of 1 by 1 pixels.
    private const string OnePixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

    public static TheoryData<string, string, int, string> Bodies { get; } = new()
    {
        { "none/sample", "{}", 404, "There is no model 'none': there are binary, complete, cvae, rows." },
        { "rows/complete", "{}", 404, "The model 'rows' has no 'complete': it has sample, encode, decode, score." },
        { "rows/other", "{}", 404, "There is nothing at this path: /openapi/v1.json says what there is." },
        { "rows/sample", "", 400, "line 1: the input does not contain any JSON tokens" },
        { "rows/sample", "null", 400, "The body is null: send an object." },
        { "rows/sample", "[1]", 400, "The body is not the JSON of this request" },
        { "rows/sample", """{"count": 1, "sed": 3}""", 400, "at $.sed, line 1: there is no such property." },
        { "rows/sample", """{"count": 1, "count": 2}""", 400, "The body is not the JSON of this request at $.count" },
        { "rows/sample", """{"count": 0}""", 400, "0 examples are not between 1 and 1000, which this model gives at once." },
        { "rows/sample", """{"count": 1001}""", 400, "1001 examples are not between 1 and 1000" },
        { "rows/sample", """{"count": 1.5}""", 400, "The body is not the JSON of this request at $.count" },
        { "rows/sample", """{"labels": [1]}""", 400, "The model 'rows' is not conditioned on labels: leave 'labels' out." },
        { "rows/sample", """{"attributes": [[1]]}""", 400, "The model 'rows' is not conditioned on attributes" },
        { "rows/sample", """{"visible": [1, 2, 3]}""", 400, "The model 'rows' does not complete examples: leave 'visible' out." },
        { "rows/sample", """{"seed": -1}""", 400, "The body is not the JSON of this request at $.seed" },
        { "cvae/sample", "{}", 400, "The model 'cvae' is conditioned on labels: give 'labels', of 0, 1, 2." },
        { "cvae/sample", """{"labels": [3]}""", 400, "The label 3 is none of the model's: 0, 1, 2." },
        { "cvae/sample", """{"labels": [1, 2], "count": 3}""", 400, "There are 2 labels for 3 examples: give one for each" },
        { "complete/sample", "{}", 400, "The model 'complete' is conditioned on a part of an example (top-half): give it as 'visible'." },
        { "complete/complete", "{}", 400, "Give the example as 'values' or as 'image'." },
        { "complete/complete", """{"values": [1]}""", 400, "The example has 1 numbers: 16 are needed, null for what is hidden." },
        { "rows/encode", "{}", 400, "Give the examples as 'values' or as 'images', at least one." },
        { "rows/encode", """{"values": []}""", 400, "Give the examples as 'values' or as 'images', at least one." },
        { "rows/encode", """{"values": [null]}""", 400, "values[0] has 0 numbers: 3 are needed." },
        { "rows/encode", """{"values": [[1, 2, 3], [1, 2]]}""", 400, "values[1] has 2 numbers: 3 are needed." },
        { "rows/encode", """{"values": [[1, NaN, 3]]}""", 400, "at $.values[0][1], line 1: 'N' is an invalid start of a value." },
        { "rows/encode", """{"values": [[1, "NaN", 3]]}""", 400, "The body is not the JSON of this request at $.values[0][1]" },
        { "rows/encode", """{"values": [[1, 1e39, 3]]}""", 400, "values[0][1] is too large." },
        { "rows/encode", """{"images": ["AAAA"]}""", 400, "The model is not of pictures: give its examples as 'values'." },
        { "rows/score", """{"values": [[1e30, 1e30, 1e30]]}""", 422, "The model has no finite result for this request" },
        { "rows/score", """{"values": [[1, 2, 3]], "draws": 0}""", 400, "1 examples with 0 draws are not between 1 and 1000." },
        { "rows/score", """{"values": [[1, 2, 3]], "draws": 2000000000}""", 400, "1 examples with 2000000000 draws are not between" },
        { "rows/decode", "{}", 400, "Give 'codes': rows of 2 numbers." },
        { "rows/decode", """{"codes": [[1]]}""", 400, "codes[0] has 1 numbers: 2 are needed." },
        { "cvae/encode", """{"images": ["AAAA"], "labels": [0]}""", 400, "images[0] is no PNG, JPEG, WebP, BMP or GIF file." },
        { "cvae/encode", """{"images": ["?"], "labels": [0]}""", 400, "The body is not the JSON of this request at $.images[0]" },
        {
            "cvae/encode",
            $$"""{"images": ["{{OnePixel}}"], "labels": [0]}""",
            400,
            "images[0] is 1 by 1 pixels large: the model takes 4 by 4."
        },
        {
            "binary/score",
            $$"""{"values": [{{Sixteen.Replace("[0,", "[0.5,")}}]}""",
            400,
            "The model 'binary' was trained on images of zeros and ones, and a pixel is 0.5: binarise them first."
        },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_request_that_does_not_fit_is_told_why(string path, string body, int status, string sentence)
    {
        var (actual, problem) = await served.Post(path, body);
        var detail = (string)problem["detail"]!;
        Assert.Equal((status, status), (actual, (int)problem["status"]!));
        Assert.Contains(sentence, detail, StringComparison.Ordinal);
        Assert.Matches(@"^[^\r\n]+\.$", detail);
        Assert.DoesNotContain("Elbo.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cvae/score?label=1", "image/png", "AAAA", 400, "The parameter 'label' is not known: there are seed, draws,")]
    [InlineData("cvae/score?labels=x", "image/png", "AAAA", 400, "'x' in the parameter 'labels' is no number.")]
    [InlineData("cvae/score?labels=1&seed=1&seed=2", "image/png", "AAAA", 400, "The parameter 'seed' is not one number.")]
    [InlineData("cvae/score?labels=1", "image/png", "AAAA", 400, "images[0] is no PNG")]
    [InlineData("cvae/score", "text/plain", "AAAA", 415, "Send the request as application/json, or a picture where one is taken.")]
    [InlineData("cvae/sample", "image/png", "AAAA", 415, "Send the request as application/json, or a picture where one is taken.")]
    [InlineData("cvae/sample?count=3", "application/json", "{}", 400, "The parameter 'count' is not known here")]
    public async Task A_body_of_another_kind_is_refused(string path, string type, string body, int status, string sentence)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(type) } };
        using var response = await served.Client.PostAsync($"v1/models/{path}", content, TestContext.Current.CancellationToken);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(sentence, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_its_length_is_declared_or_not()
    {
        foreach (var isDeclared in new[] { true, false })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/models/rows/encode")
            {
                Content = new StringContent(
                    $"{{\"values\": [{new string(' ', ServerLimits.RequestBody)}", new MediaTypeHeaderValue("application/json")),
            };
            request.Headers.TransferEncodingChunked = !isDeclared;
            request.Headers.ExpectContinue = true;
            using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(413, (int)response.StatusCode);
            Assert.Contains("send fewer examples", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Rows_are_not_given_as_a_picture()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/models/rows/sample")
        {
            Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")),
            Headers = { Accept = { new("image/png") } },
        };
        using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(406, (int)response.StatusCode);
    }
}
