namespace Elbo.Studio;

/// <summary>Codes in their plane, laid out.</summary>
internal sealed record CodePlane(PlaneFrame Frame, string Inside)
{
    public static CodePlane Of(IReadOnlyList<PlaneCode> codes)
    {
        var frame = PlaneFrame.Around(codes);
        return new CodePlane(frame, PlanePicture.Draw(frame, codes));
    }
}
