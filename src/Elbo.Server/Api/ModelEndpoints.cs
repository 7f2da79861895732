using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Elbo.Server;

/// <summary>The paths of the API under <c>/v1/models</c>.</summary>
internal sealed class ModelEndpoints(ServedModels models)
{
    private const string Json = "application/json";
    private const string Models = "/v1/models";

    public static void Map(IEndpointRouteBuilder application, ServedModels models)
    {
        var endpoints = new ModelEndpoints(models);
        var group = application.MapGroup("").WithTags("Models");
        group.MapGet(Models, endpoints.List)
            .WithName("models").WithSummary("The models that are served.").Produces<ModelsResponse>();
        group.MapGet(Models + "/{model}", endpoints.Describe)
            .WithName("model").WithSummary("What a model is, and what can be asked of it.").Produces<ModelResponse>().ProducesProblem(404);
        Post<SampleRequest, ExamplesResponse>(
            "sample", "Examples drawn from a model: the means of p(x|z, c), z drawn from p(z|c).", endpoints.Sample);
        Post<EncodeRequest, EncodeResponse>("encode", "The moments of q(z|x, c).", endpoints.Encode, takesPicture: true);
        Post<DecodeRequest, ExamplesResponse>("decode", "The means of p(x|z, c) at codes z.", endpoints.Decode);
        Post<ScoreRequest, ScoreResponse>(
            "score", "The terms of -ELBO, in nats, and whether they are those of an anomaly.", endpoints.Score, takesPicture: true);
        Post<CompleteRequest, ExamplesResponse>(
            "complete", "Whole examples of which a part is known.", endpoints.Complete, takesPicture: true);

        void Post<TRequest, TResponse>(
            string operation, string summary, Func<HttpContext, ServedModel, Task<IResult>> answer, bool takesPicture = false)
            where TRequest : notnull
        {
            var endpoint = group.MapPost(Models + "/{model}/" + operation, Answer).WithName(operation).WithSummary(summary)
                .ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
            endpoint = takesPicture
                ? endpoint.Accepts<TRequest>(Json, "image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif")
                : endpoint.Accepts<TRequest>(Json);
            _ = typeof(TResponse) == typeof(ExamplesResponse)
                ? endpoint.Produces<TResponse>(200, Json, PictureAnswer.MediaType)
                : endpoint.Produces<TResponse>();

            Task<IResult> Answer(HttpContext context, string model) => answer(context, endpoints.Find(model, operation));
        }
    }

    private JsonHttpResult<ModelsResponse> List(HttpContext context)
    {
        RequestBody.EnsureNoQuery(context.Request);
        return TypedResults.Json(new ModelsResponse([.. models.All.Select(ModelResponse.Of)]), ApiJson.Default.ModelsResponse);
    }

    private JsonHttpResult<ModelResponse> Describe(string model) =>
        TypedResults.Json(ModelResponse.Of(Find(model, null)), ApiJson.Default.ModelResponse);

    private async Task<IResult> Sample(HttpContext context, ServedModel model)
    {
        var request = await RequestBody.ReadJson(context, ApiJson.Default.SampleRequest);
        var count = Count(request.Count ?? Math.Max(request.Labels?.Length ?? 1, request.Attributes?.Length ?? 1), model);
        return await Draw(context, model, request, count, request.Seed ?? NewSeed(), VisibleOf(model, request.Visible));
    }

    private async Task<IResult> Complete(HttpContext context, ServedModel model)
    {
        var request = RequestBody.IsPicture(context.Request)
            ? await ReadPicture(context, ["count", "seed"], (picture, query) => new CompleteRequest
            {
                Image = picture,
                Count = RequestBody.Number<int>(query, "count"),
                Seed = RequestBody.Number<ulong>(query, "seed"),
                Labels = RequestBody.Numbers<int>(query, "labels"),
                Attributes = Row(RequestBody.Numbers<double>(query, "attributes")),
            })
            : await RequestBody.ReadJson(context, ApiJson.Default.CompleteRequest);
        var visible = (request.Values, request.Image) switch
        {
            ({ } values, null) => ExampleInputs.Visible(model, values),
            (null, { } image) => PictureOf(model, image),
            _ => throw RequestException.Invalid("Give the example as 'values' or as 'image'."),
        };
        return await Draw(context, model, request, Count(request.Count ?? 1, model), request.Seed ?? NewSeed(), visible);
    }

    private async Task<IResult> Decode(HttpContext context, ServedModel model)
    {
        var request = await RequestBody.ReadJson(context, ApiJson.Default.DecodeRequest);
        var codes = ExampleInputs.Codes(model, request.Codes);
        var count = Count(codes.Length / model.Description.LatentSize, model);
        var values = new float[count * model.Description.ValueCount];
        await Compute(model, new(ModelOperation.Decode, count, context.RequestAborted)
        {
            Codes = codes,
            Visible = ExampleInputs.Repeated(VisibleOf(model, request.Visible), count),
            Labels = ExampleInputs.Labels(model, request, count),
            Attributes = ExampleInputs.Attributes(model, request, count),
            Results = [values],
        });
        return Examples(context, model, values, count, null);
    }

    private async Task<IResult> Encode(HttpContext context, ServedModel model)
    {
        var request = RequestBody.IsPicture(context.Request)
            ? await ReadPicture(context, [], (picture, query) => new EncodeRequest
            {
                Images = [picture],
                Labels = RequestBody.Numbers<int>(query, "labels"),
                Attributes = Row(RequestBody.Numbers<double>(query, "attributes")),
            })
            : await RequestBody.ReadJson(context, ApiJson.Default.EncodeRequest);
        var values = ExampleInputs.Values(model, request);
        var count = values.Length / model.Description.ValueCount;
        var mean = new float[count * model.Description.LatentSize];
        float[][] results = model.Model.HasVariance ? [mean, new float[mean.Length]] : [mean];
        await Compute(model, new(ModelOperation.Encode, count, context.RequestAborted)
        {
            Values = values,
            Labels = ExampleInputs.Labels(model, request, count),
            Attributes = ExampleInputs.Attributes(model, request, count),
            Results = results,
        });
        return TypedResults.Json(
            new EncodeResponse(Rows(mean, count), results is [_, var variance] ? Rows(variance, count) : null),
            ApiJson.Default.EncodeResponse);
    }

    private async Task<IResult> Score(HttpContext context, ServedModel model)
    {
        var request = RequestBody.IsPicture(context.Request)
            ? await ReadPicture(context, ["seed", "draws"], (picture, query) => new ScoreRequest
            {
                Images = [picture],
                Seed = RequestBody.Number<ulong>(query, "seed"),
                Draws = RequestBody.Number<int>(query, "draws"),
                Labels = RequestBody.Numbers<int>(query, "labels"),
                Attributes = Row(RequestBody.Numbers<double>(query, "attributes")),
            })
            : await RequestBody.ReadJson(context, ApiJson.Default.ScoreRequest);
        var values = ExampleInputs.Values(model, request);
        var count = values.Length / model.Description.ValueCount;
        var threshold = model.Model.Threshold;
        var draws = request.Draws ?? threshold?.Draws ?? 1;
        var seed = request.Seed ?? threshold?.Seed ?? 0;
        if (draws < 1 || (long)draws * count > ServerLimits.Examples)
            throw RequestException.Invalid($"{count} examples with {draws} draws are not between 1 and {ServerLimits.Examples}.");
        var scores = new ScoreSums(count, model.Model.HasKl);
        var (labels, attributes) = (ExampleInputs.Labels(model, request, count), ExampleInputs.Attributes(model, request, count));
        for (var draw = 0; draw < draws; draw++)
        {
            var epsilon = new float[count * model.Description.LatentSize];
            model.Model.ScoreEpsilon(seed, epsilon, draw);
            var results = scores.NewDraw();
            await Compute(model, new(ModelOperation.Score, count, context.RequestAborted)
            {
                Values = values,
                Labels = labels,
                Attributes = attributes,
                Epsilon = epsilon,
                Results = results,
            });
            scores.Add(results);
        }

        return TypedResults.Json(scores.Answer(threshold?.Draws == draws ? threshold : null), ApiJson.Default.ScoreResponse);
    }

    private static async Task<IResult> Draw(
        HttpContext context, ServedModel model, ConditionedRequest request, int count, ulong seed, float[] visible)
    {
        var epsilon = new float[count * model.Description.LatentSize];
        model.Model.Epsilon(seed, epsilon);
        var values = new float[count * model.Description.ValueCount];
        await Compute(model, new(ModelOperation.Sample, count, context.RequestAborted)
        {
            Epsilon = epsilon,
            Visible = ExampleInputs.Repeated(visible, count),
            Labels = ExampleInputs.Labels(model, request, count),
            Attributes = ExampleInputs.Attributes(model, request, count),
            Results = [values],
        });
        return Examples(context, model, values, count, seed);
    }

    private static async Task Compute(ServedModel model, ModelJob job)
    {
        await model.Run(job);
        // JSON has no number for these.
        if (Array.Exists(job.Results, result => Array.Exists(result, number => !float.IsFinite(number))))
        {
            throw new RequestException(
                StatusCodes.Status422UnprocessableEntity,
                "The model has no finite result for this request: its numbers are too far from the data's.");
        }
    }

    private static IResult Examples(HttpContext context, ServedModel model, float[] values, int count, ulong? seed)
    {
        if (!PictureAnswer.IsWanted(context.Request))
        {
            return TypedResults.Json(
                new ExamplesResponse(model.Description.Shape, Rows(values, count), seed), ApiJson.Default.ExamplesResponse);
        }

        if (!model.Description.IsOfPictures || model.Description.Shape[0] is not (1 or 3))
        {
            throw new RequestException(
                StatusCodes.Status406NotAcceptable, $"The examples of the model '{model.Name}' are no pictures: ask for application/json.");
        }

        if (seed is { } used)
            context.Response.Headers["Elbo-Seed"] = used.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Bytes(PictureAnswer.Draw(values, count, model.Description), PictureAnswer.MediaType);
    }

    private static async Task<T> ReadPicture<T>(HttpContext context, string[] parameters, Func<byte[], HttpRequest, T> create)
    {
        RequestBody.EnsureNoQuery(context.Request, [.. parameters, "labels", "attributes"]);
        return create(await RequestBody.ReadBytes(context), context.Request);
    }

    private ServedModel Find(string name, string? operation)
    {
        if (!models.TryGet(name, out var model))
        {
            throw new RequestException(
                StatusCodes.Status404NotFound,
                $"There is no model '{name}': there are {string.Join(", ", models.All.Select(each => each.Name))}.");
        }

        return operation is null || model.Operations().Contains(operation)
            ? model
            : throw new RequestException(
                StatusCodes.Status404NotFound,
                $"The model '{name}' has no '{operation}': it has {string.Join(", ", model.Operations())}.");
    }

    private static float[] VisibleOf(ServedModel model, float?[]? visible) => (model.Description.Visible, visible) switch
    {
        (null, null) => [],
        (null, _) => throw RequestException.Invalid($"The model '{model.Name}' does not complete examples: leave 'visible' out."),
        (_, null) => throw RequestException.Invalid(
            $"The model '{model.Name}' is conditioned on a part of an example ({model.Description.Visible}): give it as 'visible'."),
        (_, { } values) => ExampleInputs.Visible(model, values),
    };

    private static float[] PictureOf(ServedModel model, byte[] picture)
    {
        var values = new float[model.Description.ValueCount];
        PictureInput.Read(picture, model.Description, "The picture", values);
        return values;
    }

    private static int Count(int count, ServedModel model)
    {
        var most = Math.Clamp(ServerLimits.Numbers / model.Description.ValueCount, 1, ServerLimits.Examples);
        return count >= 1 && count <= most
            ? count
            : throw RequestException.Invalid($"{count} examples are not between 1 and {most}, which this model gives at once.");
    }

    private static double[][]? Row(double[]? attributes) => attributes is null ? null : [attributes];

    private static float[][] Rows(float[] numbers, int count) =>
        [.. Enumerable.Range(0, count).Select(i => numbers.AsSpan(numbers.Length / count * i, numbers.Length / count).ToArray())];

    // Half of the range, so that JavaScript and others that read JSON's numbers as float64 read it exactly.
    private static ulong NewSeed() => (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
}
