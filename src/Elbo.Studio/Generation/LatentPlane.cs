using System.Text.Json;

namespace Elbo.Studio;

/// <summary>The codes of the shown examples of a model in a plane of its latent space.</summary>
/// <param name="Opened">The model.</param>
/// <param name="IsPrincipal">Whether the plane is that of the principal components.</param>
/// <param name="Projection">The plane.</param>
/// <param name="Codes">The codes as drawn.</param>
/// <param name="Neighbours">How often the nearest code has the same label; null where there are no labels.</param>
internal sealed record LatentPlane(
    OpenModel Opened, bool IsPrincipal, PlaneProjection Projection, CodePlane Codes, NeighbourShare? Neighbours)
{
    private const int AtlasSide = 560;
    private const int MaxAtlas = 20;
    private const int MinAtlas = 5;

    /// <summary>Projects the codes of a model. On the compute thread only.</summary>
    public static LatentPlane Of(OpenModel opened, bool isPrincipal)
    {
        var latents = opened.Latents;
        var projection = opened.LatentSize switch
        {
            2 => PlaneProjection.OfDimensions(2, 0, 1),
            _ when isPrincipal => PlaneProjection.OfPrincipalComponents(latents),
            _ => PlaneProjection.OfHighestKl(latents),
        };
        var codes = projection.Project(latents, opened.Shown.Indices);
        return new LatentPlane(
            opened, isPrincipal, projection, CodePlane.Of(codes), opened.Examples.HasLabels ? NeighbourShare.Of(codes) : null);
    }

    /// <summary>The plane for a browser, as <see cref="PlaneHand"/> describes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new { half = Codes.Frame.HalfWidth, origin = Projection.Origin, first = Projection.First, second = Projection.Second });

    /// <summary>Decodes a point of the plane at a condition. On the compute thread only.</summary>
    public ExampleValues Decode(ChosenCondition condition, double x, double y) =>
        Generator.Decode(Opened, condition, Projection.CodeOf(x, y));

    /// <summary>Whether it has an atlas: decoded values are pictures.</summary>
    public bool HasAtlas => GeneratedPicture.CanDraw(Opened.Shape);

    /// <summary>
    /// Decodes a regular grid over the plane, from the upper left, as a data URL. On the compute thread only, and only if there is one.
    /// </summary>
    public string Atlas(ChosenCondition condition)
    {
        var shape = Opened.Shape.RequireImage("An atlas");
        var side = Math.Clamp(AtlasSide / Math.Max(shape.Height, shape.Width), MinAtlas, MaxAtlas);
        var half = Codes.Frame.HalfWidth;
        var codes = Enumerable.Range(0, side * side).SelectMany(i => Projection.CodeOf(At(i % side), -At(i / side)));
        return ImageDataUrl.Of(Generator.Decode(Opened, condition, [.. codes]), columns: side);

        // The middle of each cell, so that the grid lies as the plane does.
        double At(int cell) => half * ((2 * cell + 1.0) / side - 1);
    }
}
