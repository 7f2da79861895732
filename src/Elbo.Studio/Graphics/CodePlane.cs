namespace Elbo.Studio;

/// <summary>A latent plane with its codes, drawn as SVG content.</summary>
internal sealed record CodePlane(PlaneFrame Frame, string Content)
{
    public static CodePlane Of(IReadOnlyList<PlaneCode> codes)
    {
        var frame = PlaneFrame.Around(codes);
        return new CodePlane(frame, PlaneSvg.Draw(frame, codes));
    }
}
