namespace Elbo.Story.Tests;

/// <summary>What the bundled story is made of, read once for all tests.</summary>
internal static class BundledStory
{
    private static readonly Lazy<StoryModels> AllModels = new(StoryModels.Bundled);
    private static readonly Lazy<StoryDigits> AllDigits = new(() => StoryDigits.Of(Test));
    private static readonly Lazy<IReadOnlyList<Pack>> AllPacks = new(() => StoryPacks.Of(Models, Digits));
    private static readonly Lazy<Dataset> Mnist = new(() => Elbo.Mnist.Load());

    public static StoryModels Models => AllModels.Value;

    public static StoryDigits Digits => AllDigits.Value;

    public static IReadOnlyList<Pack> Packs => AllPacks.Value;

    public static ExampleSet Test => Mnist.Value.Test;

    public static Pack Pack(string name) => Packs.Single(pack => pack.Name == name);
}
