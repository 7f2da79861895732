using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML.Mappings;

/// <summary>
/// Adds a part of a code as a vector of a known size, which the trainers of ML.NET ask for and which a mapping can only have as a constant
/// of its type. The sizes are powers of two; the parts of a code, largest first, are those of its size as a binary number.
/// </summary>
internal abstract class CodePartMapping<TPart> : CustomMappingFactory<WholeCode, TPart>
    where TPart : class, ICodePart, new()
{
    public override Action<WholeCode, TPart> GetMapping() => (whole, part) =>
    {
        var (length, size) = (whole.Code.Length, part.Numbers.Length);
        // Before a part stand those of the larger powers.
        var start = length / (2 * size) * (2 * size);
        for (var i = 0; i < size; i++)
            part.Numbers[i] = whole.Code.GetItemOrDefault(start + i);
    };
}

/// <summary>A part of a code.</summary>
internal interface ICodePart
{
    float[] Numbers { get; set; }
}
