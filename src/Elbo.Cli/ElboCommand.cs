using System.CommandLine;

namespace Elbo.Cli;

/// <summary>A command whose help ends with examples; by itself, a group of others.</summary>
internal class ElboCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>A command that does something itself.</summary>
internal abstract class Verb : ElboCommand
{
    protected Verb(string name, string description, params string[] examples)
        : base(name, description, examples) =>
        SetAction(parsed =>
        {
            // Before anything touches libtorch: its own report of a library that does not load misleads.
            if (UsesTorch && NativeLibraryProbe.Failure() is { } failure)
                throw new EnvironmentException(failure);
            return Execute(parsed);
        });

    /// <summary>Whether the verb cannot do anything without libtorch.</summary>
    protected virtual bool UsesTorch => true;

    /// <summary>Does the work. Errors are exceptions; the answer is the exit code.</summary>
    protected abstract int Execute(ParseResult parsed);
}
