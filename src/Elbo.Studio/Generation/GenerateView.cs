namespace Elbo.Studio;

/// <summary>What the page shows for a state, as data URLs, prepared on the compute thread.</summary>
internal sealed record GenerateView(GenerateState State, string Samples, string Decoded, string Page, string Grid);

/// <summary>What the page shows independently of its state.</summary>
internal sealed record GenerateSharedView(string Atlas, CodePlane Free, CodePlane Conditional);
