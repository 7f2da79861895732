// dotnet run -c Release --project benchmarks/Elbo.StudioBenchmark -- [--minutes N] [--windows N] [--out FOLDER]; benchmarks/README.md says more.
using System.CommandLine;
using Elbo.StudioBenchmark;

if (args is [ServedStudio.Verb])
    return await ServedStudio.Serve();

var minutes = new Option<double>("--minutes") { Description = "How long the windows are used.", DefaultValueFactory = _ => 5 };
var windows = new Option<int>("--windows") { Description = "How many browser windows are open.", DefaultValueFactory = _ => 10 };
var openings = new Option<int>("--openings") { Description = "How many studios are started to see how long the first view takes.", DefaultValueFactory = _ => 5 };
var output = new Option<string?>("--out") { Description = "The folder of the results; benchmarks/results/MACHINE by default." };
var root = new RootCommand("The studio as browsers use it: answers, memory, errors, and the first view.") { minutes, windows, openings, output };
root.SetAction((parsed, cancellation) => StudioTable.Measure(
    TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(windows), parsed.GetValue(openings), parsed.GetValue(output), cancellation));
return await root.Parse(args).InvokeAsync();
