namespace Elbo.Story.Tests;

/// <summary>Quick runs on a few digits: three that differ in beta alone, and one that was trained for another number of epochs.</summary>
public sealed class BetaRuns : IDisposable
{
    private const string Data = "few-digits";
    private const int Count = 400;

    private readonly TemporaryFolder _folder = new();

    static BetaRuns() => Datasets.Register(Data, Load);

    public BetaRuns()
    {
        Three = [.. new[] { 30, 0.25, 2 }.Select(beta => Train(beta, epochs: 4))];
        Other = Train(8, epochs: 1);
    }

    public IReadOnlyList<string> Three { get; }

    public string Other { get; }

    public string Write(StoryPage page) => new Uri(_folder.Write("runs.html", page.Html.ToArray())).AbsoluteUri;

    public void Dispose() => _folder.Dispose();

    private static Dataset Load() => new(
        Data,
        BundledStory.Test.Subset([.. Enumerable.Range(1000, Count)]),
        BundledStory.Test.Subset([.. Enumerable.Range(0, Count)]));

    private string Train(double beta, int epochs)
    {
        var data = Load();
        using var model = Vae.Create(
            data.Shape, options => options with { LatentSize = 2, Network = new() { Hidden = [24] }, Likelihood = "bernoulli" });
        var folder = _folder[FormattableString.Invariant($"beta-{beta}")];
        var options = new TrainerOptions
        {
            Epochs = epochs,
            BatchSize = 40,
            LearningRate = 0.01,
            Validation = 0,
            Binarize = Binarization.Dynamic,
            Objective = new() { KlWeight = beta },
            Directory = folder,
            SamplePages = false,
            Threads = 1,
        };
        new Trainer(model, options) { Data = new() { Source = Data } }.Fit(data);
        return folder;
    }
}
