using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ReadAheadTests
{
    private static readonly int[] Order = [2, 0, 3, 1];

    [Fact]
    public void Steps_get_their_own_batches_and_nothing_is_left()
    {
        List<(int Step, Batch Batch)> prepared = [];
        using (var ahead = new ReadAhead((order, position) => Prepare(order, position, prepared)))
        {
            // Resumed in the middle of an epoch, interrupted in the next, which is then taken from its start.
            foreach (var (epoch, step) in new[] { (1, 2), (1, 3), (2, 0), (2, 1), (2, 0), (2, 1) })
            {
                using var scope = NewDisposeScope();
                var (batch, noise) = ahead.Take(Order, new(epoch, step), isLast: step == 3, scope);
                Assert.Equal(Order[step], batch.Values.item<float>());
                Assert.Equal(epoch, noise[0].item<float>());
            }
        }

        // Those of (2, 2) twice, of which none was taken.
        Assert.Equal([2, 3, 0, 1, 2, 0, 1, 2], prepared.Select(batch => batch.Step));
        Assert.All(prepared, each => Assert.All(
            [each.Batch.Values, each.Batch.Features!, each.Batch.Target!, each.Batch.Labels!, each.Batch.Groups!],
            tensor => Assert.True(tensor.IsInvalid)));
    }

    [Fact]
    public void What_a_batch_fails_by_is_thrown_by_its_step()
    {
        using var ahead = new ReadAhead((order, position) => position.Step < 2
            ? Prepare(order, position, [])
            : throw new InputException("The file is gone."));
        using var scope = NewDisposeScope();

        ahead.Take(Order, new(1, 0), isLast: false, scope);
        ahead.Take(Order, new(1, 1), isLast: false, scope);

        Assert.Throws<InputException>(() => ahead.Take(Order, new(1, 2), isLast: false, scope));
    }

    [Fact]
    public void What_a_batch_fails_by_that_no_step_takes_is_dropped()
    {
        using var scope = NewDisposeScope();
        using var ahead = new ReadAhead((order, position) => position.Step == 0
            ? Prepare(order, position, [])
            : throw new InputException("The file is gone."));

        var (batch, _) = ahead.Take(Order, new(1, 0), isLast: false, scope);

        Assert.Equal(Order[0], batch.Values.item<float>());
    }

    private static (Batch Batch, Noise Noise) Prepare(int[] order, TrainingPosition position, List<(int, Batch)> prepared)
    {
        var batch = new Batch(tensor((float)order[position.Step]), tensor(1f), tensor(1f)) { Labels = tensor(1L), Groups = tensor(1L) };
        prepared.Add((position.Step, batch));
        return (batch, tensor((float)position.Epoch));
    }
}
