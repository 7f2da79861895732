using System.CommandLine;

namespace Elbo.Cli;

/// <summary>A command whose help ends with examples; used directly for groups of subcommands.</summary>
internal class ElboCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Example command lines, without the program name.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>A command that can be executed.</summary>
internal abstract class ExecutableCommand : ElboCommand
{
    protected ExecutableCommand(string name, string description, params string[] examples)
        : base(name, description, examples) =>
        SetAction(parsed =>
        {
            // Before the first use of libtorch, because TorchSharp's error for a library that fails to load is misleading.
            if (UsesTorch && NativeLibraryProbe.Failure() is { } failure)
                throw new EnvironmentException(failure);
            if (UsesTorch && LibTorchFolder.VersionNote is { } note)
                Console.Error.WriteLine($"Note: {note}");
            if (!SharesWork)
                return Execute(parsed);
            SharedWork.Start();
            var exitCode = Execute(parsed);
            SharedWork.Finish();
            return exitCode;
        });

    /// <summary>Whether processes that mpirun or srun starts together share the work of the command.</summary>
    public virtual bool SharesWork => false;

    /// <summary>Whether the command requires libtorch.</summary>
    protected virtual bool UsesTorch => true;

    /// <summary>Executes the command. Errors are thrown as exceptions.</summary>
    /// <returns>The exit code.</returns>
    protected abstract int Execute(ParseResult parsed);
}
