using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Elbo.Cli;

/// <summary>
/// Defines the commands of the program and turns a command line into an exit code. A new command is one file in Commands and one line here.
/// </summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        ConsoleStreams.TolerateLostMessages();
        OpenMpWaitPolicy.LimitSpinning();
        NativeHeap.RetainFreedMemory();
        ParseResult? parsed = null;
        try
        {
            parsed = Parse(arguments);
            if (SharesWork(parsed))
                SharedWork.SilenceOthers();
            if (parsed.Action is ParseErrorAction)
                return ErrorReport.WriteUsageError(parsed);
            // Before anything is read that may name what a plug-in registers. The commands are made anew: their help lists the names.
            if (PluginOption.Load(parsed))
                parsed = Parse(arguments);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
#pragma warning disable CA1031 // Every error is reported as one sentence and an exit code for its category.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var exitCode = ErrorReport.Write(exception, parsed?.CommandResult.Command);
            if (SharesWork(parsed))
                SharedWork.Fail(ErrorReport.MessageOf(exception), exitCode);
            return exitCode;
        }
    }

    private static bool SharesWork(ParseResult? parsed) => parsed?.CommandResult.Command is ExecutableCommand { SharesWork: true };

    internal static Command CreateRoot()
    {
        // A RootCommand would take its name from the assembly.
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return new ElboCommand(
            Invocation.CommandName,
            "Trains, evaluates and samples variational autoencoders and conditional variational autoencoders.",
            "train cvae",
            "sample runs/cvae-1 --label 6 --out sixes.png")
        {
            help,
            new VersionOption(),
            PluginOption.Create(),
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
            new CalibrateCommand(),
            new ExportCommand(),
            new DataCommands(),
            new RunsCommands(),
            new StoryCommand(),
            new ServeCommand(),
            new StudioCommand(),
            new DoctorCommand(),
        };
    }

    // An argument that begins with @ is an ordinary name, not a response file.
    private static ParseResult Parse(IReadOnlyList<string> arguments) =>
        CreateRoot().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
