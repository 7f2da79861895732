namespace Samples;

/// <summary>Searches the 10,000 test images of MNIST for those like a given one, by the distance between their codes.</summary>
internal static class LatentSearch
{
    public static double Execute(int pictures = 20_000, int epochs = 10, int images = 10_000, int queries = 100)
    {
        var mnist = Mnist.Load();
        var (train, test) = (mnist.Train.Subset([.. Enumerable.Range(0, pictures)]), mnist.Test.Subset([.. Enumerable.Range(0, images)]));

        // begin
        using var model = Vae.Create(train, o => o with { LatentSize = 10 });
        new Trainer(model, new() { Epochs = epochs }).Fit(train);
        var codes = model.Encode(test);

        int[] Nearest(int image, int count) =>
            [.. Enumerable.Range(0, codes.Count).Where(other => other != image).OrderBy(other => Distance(image, other)).Take(count)];
        // end

        double Distance(int left, int right)
        {
            var sum = 0.0;
            for (var i = 0; i < codes.Size; i++)
                sum += Math.Pow(codes[left][i] - codes[right][i], 2);
            return sum;
        }

        var labels = test.Labels;
        var share = Enumerable.Range(0, queries)
            .Average(query => Nearest(query, 10).Average(found => labels.Span[found] == labels.Span[query] ? 1.0 : 0.0));
        Console.WriteLine($"{share:P0} of the ten nearest among {codes.Count} codes have the label of the image searched for");
        return share;
    }
}
