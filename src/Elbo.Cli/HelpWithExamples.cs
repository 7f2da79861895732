using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Elbo.Cli;

/// <summary>The help of System.CommandLine, with examples at its end.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    // Of a program as a whole, the first thing to do with it.
    private const string FirstCommand = "train cvae";

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var examples = (parseResult.CommandResult.Command as ElboCommand)?.Examples ?? [FirstCommand];
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
            output.WriteLine($"  elbo {example}");
        return exitCode;
    }
}
