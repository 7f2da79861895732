using System.Numerics;
using System.Numerics.Tensors;

namespace Elbo.Inference;

/// <summary>Makes the operation that computes the result of a node.</summary>
internal static class OperationFactory
{
    /// <summary>The result of a node, and the operation that computes it; null where it has the numbers of an operand.</summary>
    /// <exception cref="InvalidDataException">The operator is not known, or its operands do not fit.</exception>
    public static (Value Output, Operation? Operation) Create(OnnxNode node, IReadOnlyList<Value> inputs) => node.Operator switch
    {
        "Identity" => (Only(inputs), null),
        "Reshape" => (Reshaped(inputs), null),
        "Flatten" => (inputs[0].As(inputs[0].Type, Flat(inputs[0].Shape)), null),
        "Cast" => Cast(Only(inputs), node.Integer("to", 0)),
        "Where" => Selection(inputs),
        "GatherElements" => Gathering(node, inputs),
        "Gemm" or "MatMul" => Made(Products.Of(node, inputs)),
        "Conv" => Made(Convolutions.Of(node, inputs)),
        "ConvTranspose" => Made(Convolutions.TransposedOf(node, inputs)),
        _ when inputs.Count > 0 && inputs[0].Storage.IsDouble => Made(OfNumbers<double>(node, inputs)),
        _ when inputs.Count > 0 => Made(OfNumbers<float>(node, inputs)),
        _ => throw Unknown(node),
    };

    private static (Value, Operation?) Made(Operation operation) => (operation.Output, operation);

    private static Operation OfNumbers<T>(OnnxNode node, IReadOnlyList<Value> inputs)
        where T : struct, IFloatingPointIeee754<T>
    {
        var input = inputs[0];
        switch (node.Operator)
        {
            case "Clip":
                var (min, max) = (inputs[1].Numbers<T>()[0], inputs[2].Numbers<T>()[0]);
                return new Elementwise<T>(input, Like(input), (source, destination) =>
                {
                    TensorPrimitives.Max(source, min, destination);
                    TensorPrimitives.Min(destination, max, destination);
                });
            case "ReduceSum":
                var summed = Axis.Of(input, inputs[1].Integers() is [var axis] ? axis : throw Unknown(node));
                return new Sum<T>(input, Reduced(input, summed, node), summed);
            case "ReduceLogSumExp":
                var along = Axis.Of(input, node.Integers("axes") is [var only] ? only : throw Unknown(node));
                return along.After == 1 ? new LogSumExp<T>(input, Reduced(input, along, node), along) : throw Unknown(node);
            case "Softmax" or "LogSoftmax":
                return new Softmax<T>(input, Like(input), Axis.Of(input, node.Integer("axis", -1)), node.Operator == "LogSoftmax");
            case "CumSum" when inputs[1].Integers() is [-1]:
                return new RunningSum<T>(input, Like(input));
            case "Slice" when inputs is [_, var start, var end, var axes] && axes.Integers() is [-1]:
                var first = start.Integers()[0];
                return new Columns<T>(
                    input, Value.Create(input.Type, [.. input.Shape[..^1], Math.Min(end.Integers()[0], input.Width) - first]), first);
            case "Concat" when node.Integer("axis", 0) == -1:
                return new Concatenation<T>(inputs, Value.Create(input.Type, [.. input.Shape[..^1], inputs.Sum(each => each.Width)]));
        }

        if (inputs.Count == 1 && Functions<T>.Unary(node) is { } unary)
            return new Elementwise<T>(input, Like(input), unary);
        if (inputs.Count == 2 && inputs[1].Storage.IsDouble == input.Storage.IsDouble)
        {
            if (Functions<T>.Binary(node.Operator) is { } binary)
            {
                var broadcast = Broadcast.Of(inputs);
                return new Combination<T>(input, inputs[1], Value.Create(input.Type, broadcast.Shape), broadcast, binary);
            }

            if (Functions<T>.Comparison(node.Operator) is { } holds)
            {
                var broadcast = Broadcast.Of(inputs);
                return new Comparison<T>(input, inputs[1], Value.Create(ElementType.Boolean, broadcast.Shape), broadcast, holds);
            }
        }

        throw Unknown(node);
    }

    private static (Value, Operation?) Cast(Value input, long to)
    {
        var type = Enum.IsDefined((ElementType)to) ? (ElementType)to : throw new InvalidDataException($"a cast to the type {to}");
        if (type is ElementType.Byte or ElementType.Boolean && type != input.Type)
            throw new InvalidDataException($"a cast to the type {type}");
        var output = Value.Create(type, input.Shape);
        return (input.Storage.IsDouble, output.Storage.IsDouble) switch
        {
            (true, true) when type == ElementType.Int64 && input.Type == ElementType.Double =>
                (output, new Elementwise<double>(input, output, TensorPrimitives.Truncate)),
            (false, true) when type == ElementType.Int64 => (output, new Conversion<float, double>(input, output, static (source, result) =>
            {
                for (var i = 0; i < source.Length; i++)
                    result[i] = Math.Truncate(source[i]);
            })),
            (false, true) => (output, new Conversion<float, double>(input, output, TensorPrimitives.ConvertChecked)),
            (true, false) => (output, new Conversion<double, float>(input, output, TensorPrimitives.ConvertChecked)),
            _ => (input.As(type, input.Shape), null),
        };
    }

    private static (Value, Operation?) Selection(IReadOnlyList<Value> inputs)
    {
        var (condition, then, otherwise) = (inputs[0], inputs[1], inputs[2]);
        if (condition.Storage.IsDouble || then.Storage.IsDouble != otherwise.Storage.IsDouble)
            throw new InvalidDataException("the operands of Where are of types that do not fit");
        var broadcast = Broadcast.Of(inputs);
        var output = Value.Create(then.Type, broadcast.Shape);
        return (output, then.Storage.IsDouble
            ? new Selection<double>(condition, then, otherwise, output, broadcast)
            : new Selection<float>(condition, then, otherwise, output, broadcast));
    }

    private static (Value, Operation?) Gathering(OnnxNode node, IReadOnlyList<Value> inputs)
    {
        var (input, indices) = (inputs[0], inputs[1]);
        if (node.Integer("axis", 0) != -2 || input.Storage.IsDouble || !indices.Storage.IsDouble || indices.Shape[^2] != 1
            || indices.Width != input.Width)
        {
            throw Unknown(node);
        }

        return Made(new Gathering(input, indices, Value.Create(input.Type, indices.Shape)));
    }

    private static Value Reshaped(IReadOnlyList<Value> inputs)
    {
        var input = inputs[0];
        var shape = inputs[1].Integers();
        var reshaped = Value.Create(input.Type, input.Storage.HasBatch ? shape : Known(shape, input.Storage.RowSize));
        return reshaped.Storage.HasBatch == input.Storage.HasBatch && reshaped.Storage.RowSize == input.Storage.RowSize
            ? input.As(input.Type, reshaped.Shape)
            : throw new InvalidDataException($"[{string.Join(", ", input.Shape)}] cannot become [{string.Join(", ", shape)}]");
    }

    private static int[] Known(int[] shape, int size) => shape.Length > 0 && shape[0] < 0
        ? [size / shape.Skip(1).Aggregate(1, (count, each) => count * each), .. shape[1..]]
        : shape;

    private static int[] Flat(int[] shape) => [shape[0], shape.Skip(1).Aggregate(1, (count, size) => count * size)];

    private static Value Reduced(Value input, Axis axis, OnnxNode node)
    {
        var place = axis.Place;
        return Value.Create(input.Type, node.Integer("keepdims", 1) != 0
            ? [.. input.Shape[..place], 1, .. input.Shape[(place + 1)..]]
            : [.. input.Shape[..place], .. input.Shape[(place + 1)..]]);
    }

    private static Value Like(Value input) => Value.Create(input.Type, input.Shape);

    private static Value Only(IReadOnlyList<Value> inputs) =>
        inputs is [var only] ? only : throw new InvalidDataException("an operator of one operand has several");

    private static InvalidDataException Unknown(OnnxNode node) =>
        new($"the operator {node.Operator} is none that this version runs, or not with these operands");
}
