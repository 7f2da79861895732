// dotnet run -c Release --project benchmarks/Elbo.Results -- make|check; docs/results.md is the table it makes, README.md beside says more.
using System.CommandLine;
using Elbo.Results;

var only = new Option<string[]>("--only") { Description = "These rows alone, in the table's order.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong([.. ResultRows.All.Select(row => row.Id)]);
var runs = new Option<string>("--runs")
{
    Description = "Where the runs are; those found there are gone on with.",
    DefaultValueFactory = _ => Path.Combine("runs", "results"),
};
var fashion = new Option<string>("--fashion")
{
    Description = "The folder of Fashion-MNIST (Debian: dataset-fashion-mnist).",
    DefaultValueFactory = _ => "/usr/share/datasets/fashion-mnist",
};
var program = new Option<string?>("--elbo") { Description = "An elbo program that is built already." };

var make = new Command("make", "Train and evaluate each row that has no record yet, in order, and write the table after each.") { only, runs, fashion, program };
make.SetAction(parsed =>
{
    var documents = ResultDocuments.Find();
    var elbo = parsed.GetValue(program) is { } given ? new ElboProgram(given) : ElboProgram.Build(documents.Repository);
    var asked = parsed.GetValue(only) is { Length: > 0 } names ? names : null;
    try
    {
        foreach (var row in ResultRows.All.Where(row => asked?.Contains(row.Id) ?? true))
        {
            if (row.IsFashion && !Directory.Exists(parsed.GetRequiredValue(fashion)))
            {
                Console.Error.WriteLine($"{row.Id} is left out: there is no {parsed.GetValue(fashion)}.");
                continue;
            }

            foreach (var seed in row.Seeds)
            {
                if (documents.Read(row, seed) is not null)
                    continue;
                var run = new RowRun(row, seed, elbo, parsed.GetRequiredValue(runs), parsed.GetValue(fashion));
                documents.Write(row, run.Complete());
                documents.WriteTable();
            }
        }
    }
    catch (CommandFailedException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return exception.ExitCode;
    }

    documents.WriteTable();
    return 0;
});

var check = new Command("check", "Fail where the table in docs/results.md is not what the records beside it say.");
check.SetAction(_ =>
{
    var wrong = ResultDocuments.Find().FindDifference();
    if (wrong is not null)
        Console.Error.WriteLine(wrong);
    return wrong is null ? 0 : 1;
});

return new RootCommand("The table of results, made row by row.") { make, check }.Parse(args).Invoke();
