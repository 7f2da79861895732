// dotnet run -c Release --project benchmarks/Elbo.ServerBenchmark -- [--minutes N] [--clients N] [--rate N] [--seconds N] [--out FOLDER];
// see benchmarks/README.md.
using System.CommandLine;
using Elbo.ServerBenchmark;

if (args is [ServerHost.Verb, var model])
    return await ServerHost.Serve(model);

var minutes = new Option<double>("--minutes") { Description = "How long the clients ask without a pause.", DefaultValueFactory = _ => 5 };
var clients = new Option<int>("--clients") { Description = "How many clients do.", DefaultValueFactory = _ => 64 };
var rate = new Option<int>("--rate") { Description = "The requests of a second, sent on time.", DefaultValueFactory = _ => 100 };
var seconds = new Option<int>("--seconds") { Description = "For how long they are sent.", DefaultValueFactory = _ => 60 };
var output = new Option<string?>("--out") { Description = "The folder of the results; benchmarks/results/MACHINE by default." };
var root = new RootCommand("Measures elbo serve: times of single requests at a rate, and errors and memory under many clients.")
{
    minutes,
    clients,
    rate,
    seconds,
    output,
};
root.SetAction((parsed, cancellation) => ServerTable.Measure(
    TimeSpan.FromMinutes(parsed.GetValue(minutes)),
    parsed.GetValue(clients),
    parsed.GetValue(rate),
    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    parsed.GetValue(output),
    cancellation));
return await root.Parse(args).InvokeAsync();
