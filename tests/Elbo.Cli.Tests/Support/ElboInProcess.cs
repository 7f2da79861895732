namespace Elbo.Cli.Tests;

/// <summary>
/// Runs the program's own entry in this process: a second faster than a process of its own, for tests of which there are many and that need
/// no signals, streams or environment. It changes the current folder and the console, so no other test may run at the same time.
/// </summary>
internal static class ElboInProcess
{
    public static ElboResult Run(string folder, params string[] arguments)
    {
        var (before, output, errors) = (Environment.CurrentDirectory, Console.Out, Console.Error);
        using var outputText = new StringWriter();
        using var errorText = new StringWriter();
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(outputText);
            Console.SetError(errorText);
            var exitCode = CommandLine.Run(arguments);
            return new ElboResult(exitCode, Text(outputText), Text(errorText));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Console.SetOut(output);
            Console.SetError(errors);
        }

        static string Text(StringWriter writer) => writer.ToString().ReplaceLineEndings("\n");
    }
}

/// <summary>A workspace whose commands run in this process.</summary>
public sealed class WorkspaceInProcess : TestWorkspace
{
    internal override ElboResult Run(params string[] arguments) => ElboInProcess.Run(Folder, arguments);
}

/// <summary>Tests in this collection run one at a time and beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInProcess : ICollectionFixture<WorkspaceInProcess>
{
    public const string Name = "alone in the process";
}
