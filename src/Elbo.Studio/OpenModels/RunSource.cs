using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Elbo.Studio;

/// <summary>How to make what a view shows of a run oneself: as a command, and as C#.</summary>
internal static class RunSource
{
    /// <summary>A command on the run, with its path relative to the folder in which the studio was started.</summary>
    /// <param name="run">The run.</param>
    /// <param name="verb">The command, such as <c>sample</c>.</param>
    /// <param name="options">Names and values of options; one whose value is null is left out.</param>
    public static string Command(RunEntry run, string verb, params IEnumerable<(string Name, object? Value)> options)
    {
        var command = new StringBuilder($"elbo {verb} {run.Argument}");
        foreach (var (name, value) in options)
        {
            if (value is not null)
                command.Append(' ').Append(name).Append(' ')
                    .Append(ShellWord.Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!));
        }

        return command.ToString();
    }

    /// <summary>A program that opens the run and saves values of its model.</summary>
    /// <param name="opened">The model of a run.</param>
    /// <param name="values">The C# expression for the values, in which <c>run</c> is the run and <c>held</c> the held-out examples.</param>
    /// <param name="usesExamples">Whether the expression names <c>held</c>.</param>
    public static string Code(OpenModel opened, string values, bool usesExamples = false)
    {
        var code = new StringBuilder($"{ModelSource.Header("values")}\n\n")
            .Append(CultureInfo.InvariantCulture, $"using var run = Run.Load({Literal(opened.Run!.Folder)});\n");
        if (usesExamples && opened.Split == "test")
            code.Append("var held = run.Directory.LoadData().Test;\n");
        else if (usesExamples)
        {
            var validation = opened.Configuration.Data.Validation;
            var count = validation is { } given
                ? given.ToString(CultureInfo.InvariantCulture)
                : "ValidationSplit.DefaultFor(train.Count)";
            code.Append("var train = run.Directory.LoadData().Train;\n").Append(
                CultureInfo.InvariantCulture,
                $"var held = ValidationSplit.Split(train, {count}, seed: {opened.Configuration.Training.Seed}).Validation!;\n");
        }

        return code.Append(opened.Shape.Image is null
            ? $"{values}.SaveCsv(\"rows.csv\");\n"
            : $"ImageGrid.Save(\"images.png\", {values});\n").ToString();
    }

    /// <summary>A string literal of C#.</summary>
    public static string Literal(string text) => JsonSerializer.Serialize(text);
}
