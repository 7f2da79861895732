using System.Runtime.InteropServices;

namespace Elbo;

/// <summary>Numbers that processes give each other.</summary>
internal static class ProcessLists
{
    /// <summary>Gives every process the numbers of all, in the order of their ranks.</summary>
    public static List<double> Join(List<double> own, IProcessGroup processes)
    {
        if (processes.Count == 1)
            return own;
        List<double> all = [];
        foreach (var bytes in processes.Gather(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(own))))
            all.AddRange(MemoryMarshal.Cast<byte, double>(bytes));
        return all;
    }

    /// <summary>Gives every process the number of process 0, or null where it has none.</summary>
    public static double? OfFirst(double? own, IProcessGroup processes)
    {
        if (processes.Count == 1)
            return own;
        var bytes = processes.Broadcast(own is { } value ? BitConverter.GetBytes(value) : []);
        return bytes.Length == 0 ? null : BitConverter.ToDouble(bytes);
    }
}
