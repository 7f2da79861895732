// dotnet run -c Release --project benchmarks/Elbo.StudioBenchmark -- [--minutes N] [--windows N] [--out FOLDER], or --story [--out FOLDER];
// see benchmarks/README.md.
using System.CommandLine;
using Elbo.StudioBenchmark;

if (args is [StudioHost.Verb])
    return await StudioHost.Serve();

var minutes = new Option<double>("--minutes") { Description = "Duration of the measurement, in minutes.", DefaultValueFactory = _ => 5 };
var windows = new Option<int>("--windows") { Description = "Number of open browser windows.", DefaultValueFactory = _ => 10 };
var openings = new Option<int>("--openings")
{
    Description = "Number of studio starts for measuring the time to the first view.",
    DefaultValueFactory = _ => 5,
};
var output = new Option<string?>("--out") { Description = "The folder of the results; benchmarks/results/MACHINE by default." };
var random = new Option<bool>("--random")
{
    Description = "Windows that do anything that the pages offer: errors and memory alone are of interest, and no file is written.",
};
var story = new Option<bool>("--story")
{
    Description = "Measures the committed story instead, docs/story/index.html opened from the disk, and writes story.md and story.csv.",
};
var root = new RootCommand("Measures the studio with real browsers: response times, memory, errors, and the time to the first view.")
{
    minutes,
    windows,
    openings,
    output,
    random,
    story,
};
root.SetAction((parsed, cancellation) => parsed.GetValue(story)
    ? StoryTable.Measure(parsed.GetValue(output), cancellation)
    : parsed.GetValue(random)
    ? RandomUse.Try(TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(windows))
    : StudioTable.Measure(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)),
        parsed.GetValue(windows),
        parsed.GetValue(openings),
        parsed.GetValue(output),
        cancellation));
return await root.Parse(args).InvokeAsync();
