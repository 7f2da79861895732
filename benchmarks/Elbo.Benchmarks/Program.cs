// dotnet run -c Release --project benchmarks/Elbo.Benchmarks -- TABLE [--repeats N] [--quick] [--out FOLDER]; see README.md in this folder.
using System.CommandLine;
using Elbo.Benchmarks;
using Elbo.Cli;
using TorchSharp;

// .NET copies the environment on first access: variables set below for this process are not inherited by Python or the published elbo.
_ = Environment.GetEnvironmentVariables();

if (args is [PlainSide.CommandName, .. var sideArguments])
    return PlainSide.Serve(sideArguments);

var tables = new Dictionary<string, Action<Bench>>
{
    ["training"] = TrainingTable.Measure,
    ["iwae"] = ImportanceWeightedTable.Measure,
    ["input"] = InputTable.Measure,
    ["evaluation"] = EvaluationTable.Measure,
    ["likelihood"] = LikelihoodTable.Measure,
    ["sampling"] = SamplingTable.Measure,
    ["inference"] = InferenceTable.Measure,
    ["start-up"] = StartUpTable.Measure,
    ["memory"] = MemoryTable.Measure,
    ["growth"] = GrowthTable.Measure,
    ["scalars"] = ScalarTable.Measure,
    ["noise"] = NoiseTable.Measure,
    ["draw"] = Pictures.Draw,
};

var table = new Argument<string>("TABLE")
{
    Description = $"{string.Join(", ", tables.Keys)}, or all; draw creates the plots of docs/performance.md from the results.",
};
table.AcceptOnlyFromAmong([.. tables.Keys, "all"]);
var repeats = new Option<int?>("--repeats")
{
    Description = "Number of measured rounds (5; 9 for training, iwae, evaluation and likelihood; 20 for start-up).",
};
var quick = new Option<bool>("--quick") { Description = "Run one short round of everything as a functional test." };
var bare = new Option<bool>("--bare") { Description = "Omit the two process settings of the elbo command." };
var python = new Option<string?>("--python") { Description = "The Python with torch; by default the first one on the PATH." };
var output = new Option<string?>("--out") { Description = "The folder of the results; benchmarks/results/MACHINE by default." };
var root = new RootCommand("Measures Elbo side by side with its alternatives.")
{
    table, repeats, quick, bare, python, output,
};
root.SetAction(parsed =>
{
    // As in the command line; this affects the whole process and therefore all contenders in it.
    if (!parsed.GetValue(bare))
    {
        OpenMpWaitPolicy.LimitSpinning();
        NativeHeap.RetainFreedMemory();
    }

    torch.set_num_threads(Environment.ProcessorCount);
    using var bench = new Bench(parsed.GetValue(repeats), parsed.GetValue(python), parsed.GetValue(output))
    {
        IsQuick = parsed.GetValue(quick),
        IsBare = parsed.GetValue(bare),
    };
    var selected = parsed.GetRequiredValue(table);
    foreach (var (name, measure) in tables)
    {
        if (selected == name || selected == "all")
            measure(bench);
    }
});
return root.Parse(args).Invoke();
