namespace Elbo.Studio;

/// <summary>What the page shows for a state, as addresses and strings, made on the thread that computes.</summary>
internal sealed record GenerateView(GenerateState State, string Samples, string Turned, string Page, string Grid);

/// <summary>What the page shows whatever its state.</summary>
internal sealed record GenerateFixtures(string Atlas, CodePlane Free, CodePlane Conditional);
