using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo data verify</c>: identifies the dataset in a folder by file hashes.</summary>
internal sealed class DataVerifyCommand : ExecutableCommand
{
    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "A folder with four IDX files, gzipped or not, or with tables.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public DataVerifyCommand()
        : base("verify", "Check the files of a dataset and identify known datasets by their hashes.", "data verify data/mnist")
    {
        Arguments.Add(_folder);
        Options.Add(_json);
    }

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var report = DatasetVerification.Verify(parsed.GetRequiredValue(_folder));
        if (parsed.GetValue(_json))
            WriteJson(report);
        else
            WriteText(report);
        return report.Problem is { } problem ? throw new InputException(problem) : ExitCodes.Done;
    }

    private static void WriteText(DatasetReport report)
    {
        var table = new TextTable("FILE", "SIZE", "SHA-256", "IS");
        foreach (var file in report.Files)
            table.Add(file.Name, file.Dimensions ?? "-", file.Sha256 ?? "-", Identity(file));
        table.Write(Console.Out);
        Console.Out.WriteLine($"{PrintableText.Of(report.Folder)} holds {report.Verdict}");
        foreach (var note in report.Notes)
            Console.Out.WriteLine(PrintableText.Of(note));
    }

    private static string Identity(DatasetFileReport file) =>
        file.Known ?? (file.Problem is not null ? "unreadable" : file.Found ? "unknown" : "missing");

    private static void WriteJson(DatasetReport report) => JsonOutput.Write(new
    {
        report.Folder,
        report.IsUsable,
        report.KnownName,
        report.Verdict,
        report.Problem,
        report.Notes,
        files = report.Files.Select(file => new { file.Name, file.Path, file.Sha256, file.Dimensions, file.Known, file.Problem }),
    });
}
