using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo.Server;

/// <summary>The JSON of requests and answers, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SampleRequest))]
[JsonSerializable(typeof(EncodeRequest))]
[JsonSerializable(typeof(DecodeRequest))]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(CompleteRequest))]
[JsonSerializable(typeof(ExamplesResponse))]
[JsonSerializable(typeof(EncodeResponse))]
[JsonSerializable(typeof(ScoreResponse))]
[JsonSerializable(typeof(ModelsResponse))]
[JsonSerializable(typeof(ModelResponse))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>For answers with sentences, whose apostrophes stay readable: they are sent as JSON, and never within a page.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
