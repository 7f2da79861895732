namespace Elbo.Studio;

/// <summary>What the page shows for a state, as addresses and strings, made on the thread that computes.</summary>
internal sealed record GenerateView(GenerateState State, string Samples, string Turned, string Page, string Grid);

/// <summary>What the page shows whatever its state.</summary>
internal sealed record GenerateFixtures(string Atlas, CodePlane Free, CodePlane Conditional);

/// <summary>Codes in their plane, laid out.</summary>
internal sealed record CodePlane(PlaneFrame Frame, string Inside)
{
    public static CodePlane Of(IReadOnlyList<PlaneCode> codes)
    {
        var frame = PlaneFrame.Around(codes);
        return new CodePlane(frame, PlanePicture.Draw(frame, codes));
    }
}
