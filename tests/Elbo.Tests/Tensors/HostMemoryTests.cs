using static TorchSharp.torch;

namespace Elbo.Tests;

public class HostMemoryTests
{
    [Fact]
    public void The_memory_of_a_tensor_can_have_more_than_two_gibibytes()
    {
        // The system gives memory only to the pages that are written.
        using var tensor = empty((long)int.MaxValue / sizeof(float) + 2, float32);

        var numbers = HostMemory.Of<float>(tensor);
        numbers[^1] = 5;

        Assert.Equal(tensor.numel(), numbers.Length);
        using var last = tensor[-1];
        Assert.Equal(5, last.item<float>());
    }

    [Fact]
    public void More_numbers_than_a_span_has_are_refused()
    {
        using var tensor = empty((long)int.MaxValue + 1, uint8);

        var refused = Assert.Throws<SettingsException>(() => HostMemory.Of<byte>(tensor).Length);

        Assert.Contains("BatchSize", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_tensor_has_no_memory()
    {
        using var tensor = empty(0, float32);

        Assert.True(HostMemory.Of<float>(tensor).IsEmpty);
    }
}
