using Elbo.Extensions;
using Elbo.Inference;

// begin
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddElbo(options => options.Models["digits"] = builder.Configuration["run"] ?? "runs/sixes");
var application = builder.Build();
application.MapGet("/digits/{label:int}.png", (ElboModels models, int label, ulong seed = 1) =>
{
    var model = models.Get("digits");
    return model.Description.HasLabel(label)
        ? Results.Bytes(PngImage.Encode(model.Sample(1, label, seed), 1, 28, 28), "image/png")
        : Results.NotFound();
});
application.MapPost("/digits/{label:int}/score", (ElboModels models, int label, float[] pixels) =>
{
    var model = models.Get("digits");
    return model.Description.HasLabel(label) && pixels.Length == model.Description.ValueCount
        ? Results.Ok(new { NegativeElbo = model.Score(new() { Values = pixels, Labels = [label] })[0] })
        : Results.BadRequest();
});
application.Run();
// end
