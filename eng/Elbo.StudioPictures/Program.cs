// dotnet run -c Release --project eng/Elbo.StudioPictures -- [--out FOLDER] [--only NAME]... [--all] [--runs FOLDER]
using System.CommandLine;
using Elbo.StudioPictures;

var output = new Option<string>("--out")
{
    Description = "Where the pictures go.",
    DefaultValueFactory = _ => Path.Combine("docs", "studio"),
};
var only = new Option<string[]>("--only") { Description = "The pictures to take; by default those that README and docs show." };
var all = new Option<bool>("--all") { Description = "Every picture: narrow, wide, dark and in Chinese too." };
var runs = new Option<string?>("--runs") { Description = "The folder whose runs the Runs view shows." };
only.AcceptOnlyFromAmong([.. Scenes.All.Select(scene => scene.Name)]);
var root = new RootCommand("Takes a picture of each view of the studio in a browser.") { output, only, all, runs };
root.SetAction(async (parsed, cancellation) =>
{
    var wanted = parsed.GetValue(only) is { Length: > 0 } named
        ? Scenes.All.Where(scene => named.Contains(scene.Name))
        : Scenes.All.Where(scene => scene.IsForDocuments || parsed.GetValue(all));
    await Photographer.TakeAll([.. wanted], parsed.GetRequiredValue(output), parsed.GetValue(runs), cancellation);
});
return await root.Parse(args).InvokeAsync();
