using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Elbo;

/// <summary>
/// Enumerates the counters of many examples, eight at a time: draw by draw, example by example, block by block. A group of eight may span
/// several examples, so that no lane is idle.
/// </summary>
/// <param name="examples">The indices of the examples.</param>
/// <param name="blocks">The blocks of an example in a draw, at least one.</param>
/// <param name="start">The first draw's first block.</param>
/// <param name="epoch">The second word of every counter.</param>
internal ref struct CounterLanes(ReadOnlySpan<long> examples, uint blocks, uint start, uint epoch)
{
    private readonly ReadOnlySpan<long> _examples = examples;
    private uint _start = start;
    private uint _block;
    private int _example;

    /// <summary>The counters of the next eight blocks; they continue after the last draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WordLanes Next()
    {
        if (_block + WordLanes.Blocks > blocks)
            return NextOfSeveral();
        var example = _examples[_example];
        var first = _start + _block;
        Advance(WordLanes.Blocks);
        return new(
            Vector256.Create(first) + Vector256<uint>.Indices, Vector256.Create(epoch),
            Vector256.Create((uint)example), Vector256.Create((uint)(example >> 32)));
    }

    private WordLanes NextOfSeveral()
    {
        var (positions, low, high) = (Vector256<uint>.Zero, Vector256<uint>.Zero, Vector256<uint>.Zero);
        for (var lane = 0; lane < WordLanes.Blocks; lane++)
        {
            var example = _examples[_example];
            Set(ref positions, lane, _start + _block);
            Set(ref low, lane, (uint)example);
            Set(ref high, lane, (uint)(example >> 32));
            Advance(1);
        }

        return new(positions, Vector256.Create(epoch), low, high);

        static void Set(ref Vector256<uint> vector, int lane, uint value) =>
            Unsafe.Add(ref Unsafe.As<Vector256<uint>, uint>(ref vector), lane) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(uint count)
    {
        _block += count;
        if (_block < blocks)
            return;
        _block = 0;
        if (++_example < _examples.Length)
            return;
        _example = 0;
        _start += blocks;
    }
}
