using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo data list</c>: lists the datasets that are available by name.</summary>
internal sealed class DataListCommand : ExecutableCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public DataListCommand()
        : base(
            "list",
            "List the datasets that are available by name. A folder with four IDX files, or with train and test tables, can be used as "
                + "well.",
            "data list") =>
        Options.Add(_json);

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var datasets = Datasets.Names.Select(Datasets.Load).ToList();
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(datasets.Select(dataset => new
            {
                dataset.Name,
                train = dataset.Train.Count,
                test = dataset.Test.Count,
                dataset.Shape,
                dataset.LabelNames,
            }));
            return ExitCodes.Done;
        }

        var table = new TextTable("NAME", "TRAIN", "TEST", "SHAPE", "LABELS");
        foreach (var dataset in datasets)
        {
            var (train, labels) = (dataset.Train.Count, dataset.Train.DistinctLabels.Count);
            table.Add(dataset.Name, $"{train}", $"{dataset.Test.Count}", $"{dataset.Shape}", $"{labels}");
        }

        table.Write(Console.Out);
        return ExitCodes.Done;
    }
}
