// dotnet run -c Release --project eng/Elbo.StudioModels -- [--only ID]... [--out FOLDER] [--measure]
using System.CommandLine;
using Elbo;
using Elbo.Cli;
using Elbo.StudioModels;
using TorchSharp;

var only = new Option<string[]>("--only") { Description = "The models to train; all by default." };
only.AcceptOnlyFromAmong([.. Recipes.All.Select(recipe => recipe.Id)]);
var output = new Option<string>("--out")
{
    Description = "The output folder, with one subfolder per model.",
    DefaultValueFactory = _ => Path.Combine("src", "Elbo.Studio", "models"),
};
var measure = new Option<bool>("--measure") { Description = "Measure existing models anew instead of training; their weights are kept." };
var root = new RootCommand("Trains the models that ship with the studio. Models that exist with the same configuration are kept.")
{
    only,
    output,
    measure,
};
root.SetAction((parsed, cancellationToken) =>
{
    NativeHeap.RetainFreedMemory();
    // One thread, because results are reproducible bit for bit only with an equal number of threads.
    torch.set_num_threads(1);
    var selected = parsed.GetValue(only) is { Length: > 0 } named ? named : null;
    var trainer = new ModelTrainer(Mnist.Load(), parsed.GetRequiredValue(output), Console.Out);
    foreach (var recipe in Recipes.All.Where(recipe => selected?.Contains(recipe.Id) ?? true))
    {
        if (parsed.GetValue(measure))
            trainer.MeasureAgain(recipe);
        else
            trainer.Train(recipe, cancellationToken);
    }

    return Task.CompletedTask;
});
return await root.Parse(args).InvokeAsync();
