// dotnet run -c Release --project benchmarks/Elbo.Benchmarks -- TABLE [--repeats N] [--quick] [--out FOLDER]; README.md beside says more.
using System.CommandLine;
using Elbo.Benchmarks;
using Elbo.Cli;
using TorchSharp;

// .NET now keeps the environment as it is: what the next lines set for this process does not reach Python or the published elbo.
_ = Environment.GetEnvironmentVariables();

if (args is [PlainSide.Verb, .. var told])
    return PlainSide.Serve(told);

var tables = new Dictionary<string, Action<Bench>>
{
    ["training"] = TrainingTable.Measure,
    ["iwae"] = ImportanceWeightedTable.Measure,
    ["input"] = InputTable.Measure,
    ["evaluation"] = EvaluationTable.Measure,
    ["likelihood"] = LikelihoodTable.Measure,
    ["sampling"] = SamplingTable.Measure,
    ["start-up"] = StartUpTable.Measure,
    ["memory"] = MemoryTable.Measure,
    ["growth"] = GrowthTable.Measure,
    ["scalars"] = ScalarTable.Measure,
    ["noise"] = NoiseTable.Measure,
    ["draw"] = Pictures.Draw,
};

var table = new Argument<string>("TABLE")
{
    Description = $"{string.Join(", ", tables.Keys)}, or all; draw makes the pictures of docs/performance.md of them.",
};
table.AcceptOnlyFromAmong([.. tables.Keys, "all"]);
var repeats = new Option<int?>("--repeats") { Description = "Rounds that count (5; 9 for training, iwae, evaluation and likelihood; 20 for start-up)." };
var quick = new Option<bool>("--quick") { Description = "One short round of everything: shows that it works, measures nothing." };
var bare = new Option<bool>("--bare") { Description = "Leave out the two settings of the process that elbo makes." };
var forAll = new Option<bool>("--settings-for-all") { Description = "Make the same two settings for the plain TorchSharp side." };
var python = new Option<string?>("--python") { Description = "The Python that has torch; by default the first on the PATH that has it." };
var output = new Option<string?>("--out") { Description = "The folder of the results; benchmarks/results/MACHINE by default." };
var root = new RootCommand("Elbo measured side by side with what a user would pick instead.")
{
    table, repeats, quick, bare, forAll, python, output,
};
root.SetAction(parsed =>
{
    // As the command line does, for the whole process and so for all that is compared in it.
    if (!parsed.GetValue(bare))
    {
        OpenMpWaiting.BoundSpinning();
        NativeHeap.Keep();
    }

    torch.set_num_threads(Environment.ProcessorCount);
    using var bench = new Bench(parsed.GetValue(repeats), parsed.GetValue(python), parsed.GetValue(output))
    {
        IsQuick = parsed.GetValue(quick),
        IsBare = parsed.GetValue(bare),
        HasSettingsForAll = parsed.GetValue(forAll) && !parsed.GetValue(bare),
    };
    var asked = parsed.GetRequiredValue(table);
    foreach (var (name, measure) in tables)
    {
        if (asked == name || asked == "all")
            measure(bench);
    }
});
return root.Parse(args).Invoke();
