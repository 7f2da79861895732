using System.Collections;
using System.Reflection;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>Every tensor that an object leads to by its fields, registered or not.</summary>
internal static class ReachedTensors
{
    public static IReadOnlyList<(string Path, Tensor Tensor)> From(object root)
    {
        var found = new List<(string, Tensor)>();
        Visit(root, "", found, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return found;
    }

    private static void Visit(object? value, string path, List<(string Path, Tensor Tensor)> found, HashSet<object> seen)
    {
        if (value is null || value is string or Delegate or Type || value.GetType().IsPrimitive || !seen.Add(value))
            return;
        if (value is Tensor tensor)
        {
            found.Add((path, tensor));
            return;
        }

        if (value is Array { Rank: 1 } array && (!array.GetType().GetElementType()!.IsPrimitive))
        {
            foreach (var item in (IEnumerable)array)
                Visit(item, $"{path}[]", found, seen);
        }

        for (var type = value.GetType(); type is not null && !value.GetType().IsArray; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if (!field.FieldType.IsPrimitive && !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
                    Visit(field.GetValue(value), $"{path}/{field.Name}", found, seen);
            }
        }
    }
}
