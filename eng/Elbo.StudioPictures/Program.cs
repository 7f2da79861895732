// dotnet run -c Release --project eng/Elbo.StudioPictures -- [--out FOLDER] [--only NAME]... [--all] [--runs FOLDER], or --story
using System.CommandLine;
using Elbo.StudioPictures;

var output = new Option<string>("--out")
{
    Description = "The output folder.",
    DefaultValueFactory = _ => Path.Combine("docs", "studio"),
};
var only = new Option<string[]>("--only") { Description = "The screenshots to take; by default those used in the README and in docs." };
var all = new Option<bool>("--all")
{
    Description = "Takes all screenshots, including narrow and wide windows, the dark theme and Chinese.",
};
var runs = new Option<string?>("--runs") { Description = "The folder of the runs that the runs view shows." };
var story = new Option<bool>("--story") { Description = "Takes the README's picture of docs/story/index.html instead." };
only.AcceptOnlyFromAmong([.. Screenshots.All.Select(screenshot => screenshot.Name)]);
var root = new RootCommand("Takes screenshots of the views of the studio in a browser.") { output, only, all, runs, story };
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(story))
    {
        await StoryPicture.Take(Path.Combine("docs", "story", "index.html"), Path.Combine("docs", "images", "be-the-encoder.png"));
        return;
    }

    var selected = parsed.GetValue(only) is { Length: > 0 } named
        ? Screenshots.All.Where(screenshot => named.Contains(screenshot.Name))
        : Screenshots.All.Where(screenshot => screenshot.IsForDocuments || parsed.GetValue(all));
    await ScreenshotTaker.TakeAll([.. selected], parsed.GetRequiredValue(output), parsed.GetValue(runs), cancellation);
});
return await root.Parse(args).InvokeAsync();
