namespace Elbo.Studio;

/// <summary>What a browser needs to decode the points of a plane itself.</summary>
/// <param name="Weights">The address of the decoder's weights.</param>
/// <param name="Condition">The address of what the condition changes of them; null where it changes nothing.</param>
/// <param name="Plane">
/// The plane in JSON: <c>half</c>, the distance from its centre to each side, and the vectors <c>origin</c>, <c>first</c> and
/// <c>second</c>, with which a point stands for the code origin + x * first + y * second.
/// </param>
internal sealed record PlaneHand(string Weights, string? Condition, string Plane);
