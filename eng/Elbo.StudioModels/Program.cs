// dotnet run -c Release --project eng/Elbo.StudioModels -- [--story] [--only ID]... [--out FOLDER] [--measure]
using System.CommandLine;
using Elbo;
using Elbo.Cli;
using Elbo.StudioModels;
using TorchSharp;

var only = new Option<string[]>("--only") { Description = "The models to train; all by default." };
only.AcceptOnlyFromAmong([.. Recipes.All.Concat(StoryRecipes.All).Select(recipe => recipe.Id), StoryClassifier.Id]);
var story = new Option<bool>("--story") { Description = "The models of the story instead of the studio's." };
var output = new Option<string?>("--out")
{
    Description = "The output folder, with one subfolder per model; src/Elbo.Studio/models or src/Elbo.Story/models by default.",
};
var measure = new Option<bool>("--measure") { Description = "Measure existing models anew instead of training; their weights are kept." };
var packs = new Option<string?>("--packs")
{
    Description = "Trains nothing, and writes what the story's page holds of its models into this folder, for web/dev.html.",
};
var stills = new Option<bool>("--stills") { Description = "Trains nothing, and draws the story's still pictures with its models." };
var root = new RootCommand(
    "Trains the models that ship with the studio or the story. Models that exist with the same configuration are kept.")
{
    story,
    only,
    output,
    measure,
    packs,
    stills,
};
root.SetAction((parsed, cancellationToken) =>
{
    NativeHeap.RetainFreedMemory();
    // One thread, because results are reproducible bit for bit only with an equal number of threads.
    torch.set_num_threads(1);
    var selected = parsed.GetValue(only) is { Length: > 0 } named ? named : null;
    var ofStory = parsed.GetValue(story) || parsed.GetValue(stills) || parsed.GetValue(packs) is not null;
    var folder = parsed.GetValue(output) ?? Path.Combine("src", ofStory ? "Elbo.Story" : "Elbo.Studio", "models");
    var mnist = Mnist.Load();
    if (parsed.GetValue(packs) is { } target)
    {
        StoryPackFiles.Write(folder, target, mnist, Console.Out);
        return Task.CompletedTask;
    }

    if (parsed.GetValue(stills))
    {
        StoryStills.Write(folder, Path.Combine("src", "Elbo.Story", "web", "stills"));
        return Task.CompletedTask;
    }

    if (ofStory && selected?.Contains(StoryClassifier.Id) != false)
        StoryClassifier.Train(mnist, folder, Console.Out, cancellationToken);
    var trainer = new ModelTrainer(mnist, folder, Console.Out);
    foreach (var recipe in (ofStory ? StoryRecipes.All : Recipes.All).Where(recipe => selected?.Contains(recipe.Id) ?? true))
    {
        if (parsed.GetValue(measure))
            trainer.MeasureAgain(recipe);
        else
            trainer.Train(recipe, cancellationToken);
    }

    return Task.CompletedTask;
});
return await root.Parse(args).InvokeAsync();
