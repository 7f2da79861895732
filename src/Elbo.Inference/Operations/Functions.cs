using System.Numerics;
using System.Numerics.Tensors;

namespace Elbo.Inference;

/// <summary>The functions of numbers that ONNX's operators name, for one type.</summary>
internal static class Functions<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private static readonly Dictionary<string, BinaryFunction<T>> OfTwo = new(StringComparer.Ordinal)
    {
        ["Add"] = Symmetric(TensorPrimitives.Add, TensorPrimitives.Add),
        ["Sub"] = new(TensorPrimitives.Subtract, TensorPrimitives.Subtract, TensorPrimitives.Subtract),
        ["Mul"] = Symmetric(TensorPrimitives.Multiply, TensorPrimitives.Multiply),
        ["Div"] = new(TensorPrimitives.Divide, TensorPrimitives.Divide, TensorPrimitives.Divide),
        ["Max"] = Symmetric(TensorPrimitives.Max, TensorPrimitives.Max),
        ["Min"] = Symmetric(TensorPrimitives.Min, TensorPrimitives.Min),
        ["Pow"] = new(TensorPrimitives.Pow, TensorPrimitives.Pow, TensorPrimitives.Pow),
    };

    private static readonly Dictionary<string, Func<T, T, bool>> Comparisons = new(StringComparer.Ordinal)
    {
        ["Equal"] = static (left, right) => left == right,
        ["Greater"] = static (left, right) => left > right,
        ["GreaterOrEqual"] = static (left, right) => left >= right,
        ["Less"] = static (left, right) => left < right,
        ["LessOrEqual"] = static (left, right) => left <= right,
    };

    private static readonly Dictionary<string, UnaryFunction<T>> OfOne = new(StringComparer.Ordinal)
    {
        ["Abs"] = TensorPrimitives.Abs,
        ["Atanh"] = TensorPrimitives.Atanh,
        ["Ceil"] = TensorPrimitives.Ceiling,
        ["Cos"] = TensorPrimitives.Cos,
        ["Erf"] = static (source, destination) => Each(source, destination, static number => T.CreateChecked(
            ErrorFunction.Erf(double.CreateChecked(number)))),
        ["Exp"] = TensorPrimitives.Exp,
        ["Floor"] = TensorPrimitives.Floor,
        ["Log"] = TensorPrimitives.Log,
        ["Neg"] = TensorPrimitives.Negate,
        ["Reciprocal"] = TensorPrimitives.Reciprocal,
        // NaN stays NaN.
        ["Relu"] = static (source, destination) => TensorPrimitives.Max(source, T.Zero, destination),
        ["Round"] = TensorPrimitives.Round,
        ["Sigmoid"] = TensorPrimitives.Sigmoid,
        ["Sin"] = TensorPrimitives.Sin,
        ["Sinh"] = TensorPrimitives.Sinh,
        ["Sqrt"] = TensorPrimitives.Sqrt,
        ["Tanh"] = TensorPrimitives.Tanh,
    };

    /// <summary>The function of two numbers of an operator; null where it has none.</summary>
    public static BinaryFunction<T>? Binary(string name) => OfTwo.GetValueOrDefault(name);

    /// <summary>The comparison of an operator; null where it has none.</summary>
    public static Func<T, T, bool>? Comparison(string name) => Comparisons.GetValueOrDefault(name);

    /// <summary>The function of one number of an operation; null where it has none.</summary>
    public static UnaryFunction<T>? Unary(OnnxNode node) => node.Operator switch
    {
        "LeakyRelu" => LeakyRelu(T.CreateChecked(node.Number("alpha", 0.01f))),
        "Elu" => Elu(T.CreateChecked(node.Number("alpha", 1))),
        _ => OfOne.GetValueOrDefault(node.Operator),
    };

    private static BinaryFunction<T> Symmetric(BinaryFunction<T>.OfBoth both, BinaryFunction<T>.OfRight right) =>
        new(both, right, (left, numbers, destination) => right(numbers, left, destination));

    private static UnaryFunction<T> LeakyRelu(T slope) => (source, destination) =>
    {
        for (var i = 0; i < source.Length; i++)
            destination[i] = source[i] < T.Zero ? source[i] * slope : source[i];
    };

    private static UnaryFunction<T> Elu(T scale) => (source, destination) =>
    {
        for (var i = 0; i < source.Length; i++)
            destination[i] = source[i] < T.Zero ? scale * T.ExpM1(source[i]) : source[i];
    };

    private static void Each(ReadOnlySpan<T> source, Span<T> destination, Func<T, T> function)
    {
        for (var i = 0; i < source.Length; i++)
            destination[i] = function(source[i]);
    }
}
