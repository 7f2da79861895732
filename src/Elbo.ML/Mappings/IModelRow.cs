using Elbo.ML.Columns;

namespace Elbo.ML.Mappings;

/// <summary>The columns that a mapping reads: the input and the text of the model.</summary>
internal interface IModelRow
{
    /// <summary>The text of the model.</summary>
    ReadOnlyMemory<char> Model { get; }

    /// <summary>Copies the input.</summary>
    /// <param name="values">Receives it.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">It is missing or of another size.</exception>
    void Read(Span<float> values, ScoringModel model);
}
