using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Elbo.Cli;

/// <summary>Prints the help of System.CommandLine followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var examples = (parseResult.CommandResult.Command as ElboCommand)?.Examples ?? [];
        var output = parseResult.InvocationConfiguration.Output;
        if (examples.Count > 0)
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {Invocation.CommandName} {example}");
        return exitCode;
    }
}
