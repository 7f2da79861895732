using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo doctor</c>: what this machine has, and for each thing that fails what to do.</summary>
internal sealed class DoctorCommand : Verb
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public DoctorCommand()
        : base("doctor", "Check that everything Elbo needs is here, and say what to do where it is not.", "doctor") =>
        Options.Add(_json);

    protected override bool UsesTorch => false;

    protected override int Execute(ParseResult parsed)
    {
        var findings = Examination.Findings();
        var failing = findings.Where(finding => finding.Problem is not null).ToList();
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(new { ok = failing.Count == 0, findings });
            return failing.Count == 0 ? ExitCodes.Done : ExitCodes.Environment;
        }

        var table = new TextTable();
        foreach (var finding in findings)
            table.Add(finding.Problem is null ? "ok" : "FAILS", finding.Name, finding.Value);
        table.Write(Console.Out);
        foreach (var finding in failing)
            Console.Out.WriteLine(finding.Problem);
        Console.Out.WriteLine(failing.Count == 0 ? "All is well." : $"{failing.Count} of {findings.Count} fail.");
        return failing.Count == 0 ? ExitCodes.Done : ExitCodes.Environment;
    }
}
