using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Elbo.Cli;

/// <summary>The program's verbs, and how a command line becomes an exit code. A new verb is one file under Commands and one line here.</summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            // A text that begins with @ is a folder's name like any other, not a file of arguments.
            var parsed = CreateRoot().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction)
                return ErrorReport.Usage(parsed);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
#pragma warning disable CA1031 // Whatever goes wrong, the user reads one sentence and the exit code says of which kind it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ErrorReport.Write(exception);
        }
    }

    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand("Elbo trains variational autoencoders and their conditional kin, and draws from them.")
        {
            new TrainCommand(),
            new ResumeCommand(),
            new EvaluateCommand(),
            new SampleCommand(),
            new ReconstructCommand(),
            new InterpolateCommand(),
            new TraverseCommand(),
            new EncodeCommand(),
            new ScoreCommand(),
            new DataCommands(),
            new RunsCommands(),
            new DoctorCommand(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
