using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo doctor</c>: checks the environment and reports a remedy for each failed check.</summary>
internal sealed class DoctorCommand : ExecutableCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public DoctorCommand()
        : base("doctor", "Check the environment for everything Elbo needs, and report how to fix what fails.", "doctor") =>
        Options.Add(_json);

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var results = DiagnosticChecks.RunAll();
        var failed = results.Where(result => result.Problem is not null).ToList();
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(new { ok = failed.Count == 0, findings = results });
            return failed.Count == 0 ? ExitCodes.Done : ExitCodes.Environment;
        }

        var table = new TextTable();
        foreach (var result in results)
            table.Add(result.Problem is null ? "ok" : "FAILS", result.Name, result.Value);
        table.Write(Console.Out);
        foreach (var result in failed)
            Console.Out.WriteLine(result.Problem);
        Console.Out.WriteLine(failed.Count == 0 ? "All checks passed." : $"{failed.Count} of {results.Count} checks failed.");
        return failed.Count == 0 ? ExitCodes.Done : ExitCodes.Environment;
    }
}
