// dotnet run -c Release --project benchmarks/Elbo.Results -- make|check creates or checks the tables in docs/results.md; see README.md.
using System.CommandLine;
using Elbo.Results;

var only = new Option<string[]>("--only")
{
    Description = "Only these rows, in the order of the table.",
    AllowMultipleArgumentsPerToken = true,
};
only.AcceptOnlyFromAmong([.. ResultRows.All.Select(row => row.Id), .. AnomalyRow.All.Select(row => row.Id)]);
var runs = new Option<string>("--runs")
{
    Description = "The folder of the runs; existing runs are resumed.",
    DefaultValueFactory = _ => Path.Combine("runs", "results"),
};
var fashion = new Option<string>("--fashion")
{
    Description = "The folder of Fashion-MNIST (Debian: dataset-fashion-mnist).",
    DefaultValueFactory = _ => "/usr/share/datasets/fashion-mnist",
};
var program = new Option<string?>("--elbo") { Description = "The path of an elbo program that is already built." };

var make = new Command("make", "Train and evaluate each row without a record, in order, and write the tables after each row.")
{
    only, runs, fashion, program,
};
make.SetAction(parsed =>
{
    var documents = ResultDocuments.Find();
    var elbo = parsed.GetValue(program) is { } given ? new ElboProgram(given) : ElboProgram.Build(documents.Repository);
    var selected = parsed.GetValue(only) is { Length: > 0 } names ? names : null;
    try
    {
        foreach (var row in ResultRows.All.Where(row => selected?.Contains(row.Id) ?? true))
        {
            if (row.IsFashion && !Directory.Exists(parsed.GetRequiredValue(fashion)))
            {
                Console.Error.WriteLine($"{row.Id} is skipped: the folder {parsed.GetValue(fashion)} does not exist.");
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

        foreach (var row in AnomalyRow.All.Where(row => (selected?.Contains(row.Id) ?? true) && documents.Read(row) is null))
        {
            documents.Write(row, new AnomalyRun(row, elbo, parsed.GetRequiredValue(runs), documents.Repository).Complete());
            documents.WriteTable();
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

var check = new Command("check", "Fail if the tables in docs/results.md do not match the records in docs/results.");
check.SetAction(_ =>
{
    var difference = ResultDocuments.Find().FindDifference();
    if (difference is not null)
        Console.Error.WriteLine(difference);
    return difference is null ? 0 : 1;
});

return new RootCommand("Creates and checks the tables of results.") { make, check }.Parse(args).Invoke();
