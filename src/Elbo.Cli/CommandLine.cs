using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Elbo.Cli;

/// <summary>
/// The program's verbs, and how a command line becomes an exit code. A new verb is one file under Commands and one line here.
/// </summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        OpenMpWaiting.BoundSpinning();
        NativeHeap.Keep();
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

    internal static Command CreateRoot()
    {
        // A RootCommand would call itself after the assembly.
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new ElboCommand(
            Invocation.CommandName,
            "Elbo trains variational autoencoders and their conditional kin, and draws from them.",
            "train cvae",
            "sample runs/cvae-1 --label 6 --out sixes.png")
        {
            help,
            new VersionOption(),
            new TrainCommand(),
            new ResumeCommand(),
            new SweepCommand(),
            new EvaluateCommand(),
            new SampleCommand(),
            new ReconstructCommand(),
            new CompleteCommand(),
            new InterpolateCommand(),
            new TraverseCommand(),
            new EncodeCommand(),
            new ScoreCommand(),
            new DataCommands(),
            new RunsCommands(),
            new StudioCommand(),
            new DoctorCommand(),
        };
    }
}
