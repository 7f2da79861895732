namespace Elbo.Fuzzing;

/// <summary>What became of a case.</summary>
/// <param name="IsRefused">Whether the input was refused with a sentence.</param>
/// <param name="Failure">What went wrong; null for a case that was read or refused.</param>
internal readonly record struct FuzzOutcome(bool IsRefused, string? Failure);

/// <summary>One kind of input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prepare">Writes the input of a seed into an empty folder.</param>
/// <param name="Read">Reads it as a program would.</param>
internal sealed record FuzzFormat(string Name, Action<string, FuzzRandom> Prepare, Action<string> Read)
{
    /// <summary>Makes and reads one input.</summary>
    public FuzzOutcome Run(string folder, ulong seed)
    {
        Prepare(folder, new FuzzRandom(seed));
        try
        {
            Read(folder);
            return default;
        }
        catch (ElboException exception)
        {
            var sentence = exception.Message;
            return sentence.Length > 0 && sentence[^1] == '.' && sentence.Length < 4000
                ? new(true, null)
                : new(true, $"not a sentence: {sentence[..Math.Min(sentence.Length, 400)]}");
        }
#pragma warning disable CA1031 // Every other exception is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(false, exception.ToString());
        }
    }
}
