using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Elbo.Inference;

namespace Elbo.ML.Columns;

/// <summary>A model with the draws and the threshold of its scores. Any number of threads may use it.</summary>
internal sealed class ScoringModel
{
    // A model lives as long as the text that it came from: one text for a transformer, whichever cursors it has.
    private static readonly ConditionalWeakTable<string, ScoringModel> Opened = [];

    private readonly ColumnSettings _settings;
    private readonly float[] _epsilon;

    public ScoringModel(InferenceModel model, ColumnSettings settings)
    {
        (Model, _settings) = (model, settings);
        _epsilon = new float[settings.Draws * model.Description.LatentSize];
        model.Epsilon(settings.Seed, _epsilon);
    }

    public InferenceModel Model { get; }

    /// <summary>The model in a text of <see cref="ModelArchive"/>.</summary>
    /// <exception cref="InvalidDataException">The text is no model.</exception>
    public static ScoringModel Of(ReadOnlyMemory<char> text) => Opened.GetValue(
        MemoryMarshal.TryGetString(text, out var whole, out _, out var length) && length == whole.Length ? whole : text.ToString(),
        ModelArchive.Read);

    /// <summary>-ELBO in nats, the mean over the draws.</summary>
    public float NegativeElbo(ReadOnlySpan<float> values)
    {
        var draws = _settings.Draws;
        var (rows, terms) = (ArrayPool<float>.Shared.Rent(draws * values.Length), ArrayPool<float>.Shared.Rent(3 * draws));
        try
        {
            for (var i = 0; i < draws; i++)
                values.CopyTo(rows.AsSpan(i * values.Length));
            var sums = terms.AsSpan(2 * draws, draws);
            Model.Score(
                new() { Values = rows.AsSpan(0, draws * values.Length), Epsilon = _epsilon },
                terms.AsSpan(0, draws),
                terms.AsSpan(draws, draws),
                sums);
            var total = 0.0;
            foreach (var sum in sums)
                total += sum;
            return (float)(total / draws);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rows);
            ArrayPool<float>.Shared.Return(terms);
        }
    }

    /// <summary>Whether a score is that of an anomaly: one that is no number is.</summary>
    public bool IsAnomaly(float negativeElbo) => float.IsNaN(negativeElbo) || _settings.Threshold!.IsAnomaly(negativeElbo);
}
