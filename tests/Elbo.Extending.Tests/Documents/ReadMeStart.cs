namespace Extending;

/// <summary>The first example of the README, on a fifth of MNIST's training images.</summary>
internal static class ReadMeStart
{
    public static void Execute()
    {
        // begin
        var mnist = Mnist.Load();
        using var model = Cvae.Create(mnist.Shape, Condition.Label(10));
        var result = new Trainer(model, new() { Epochs = 5, Directory = "runs/sixes" }).Fit(mnist);
        Console.WriteLine($"-ELBO on the test images: {result.Test!.NegativeElbo:0.0} nats");
        ImageGrid.Save("sixes.png", model.Sample(64, label: 6));

        using var again = Run.Load("runs/sixes");          // encode, decode, sample, score, or Resume
        var codes = again.Model.Encode(mnist.Test);        // posterior means, [10000, 8]
        var scores = again.Model.Score(mnist.Test);        // -ELBO and its terms for each image
        Console.WriteLine($"the strangest image of {codes.Count}: {scores.Index().MaxBy(score => score.Item.NegativeElbo).Index}");
        // end
    }

    /// <summary>What the example takes for the library's.</summary>
    private static class Mnist
    {
        public static Dataset Load()
        {
            var all = Elbo.Mnist.Load();
            return new Dataset(all.Name, all.Train.Shuffle(seed: 0, count: 12_000), all.Test);
        }
    }
}
