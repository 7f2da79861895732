using System.Globalization;

namespace Elbo.Studio;

/// <summary>How to make the decoded picture of the ledger oneself: as a command, and as C#.</summary>
internal static class LedgerSource
{
    /// <summary>The command; null for a drawing and for another label than that of the example, which no command takes.</summary>
    public static string? Command(LedgerView view)
    {
        if (view.State.Drawing is not null || view.State.Label is not null || view.Pictures is null)
            return null;
        (string, object?)[] options =
        [
            ("--split", view.Opened.Split),
            ("--index", view.Opened.Examples.Indices.Span[view.State.Picture]),
            ("--sample", view.Opened.IsAutoencoder ? null : view.State.Seed),
            ("--out", "decoded.png"),
        ];
        return view.Opened.Run is { } run
            ? RunSource.Command(run, "reconstruct", options)
            : $"{ModelSource.Command(view.Opened.Bundled!)} --out runs/{view.Opened.Id} && "
                + $"elbo reconstruct runs/{view.Opened.Id} {Text(options)}";
    }

    /// <summary>The program.</summary>
    public static string Code(LedgerView view)
    {
        var code = string.Join(", ", view.Breakdown.Dimensions.Select(dimension =>
            FormattableString.Invariant($"{dimension.Code:0.######}f")));
        var codes = FormattableString.Invariant($"new LatentCodes({view.Breakdown.Dimensions.Count}, [{code}])");
        if (view.Opened.Run is null)
            return ModelSource.Code(view.Opened.Bundled!, $"model.Decode({codes})");
        var needsExample = view.Opened.Conditions.Count > 0;
        var example = FormattableString.Invariant($"held.Subset([{view.State.Picture}])");
        if (view.State.Label is { } label)
            example += FormattableString.Invariant($".WithLabels(new[] {{ {label} }})");
        return RunSource.Code(
            view.Opened, needsExample ? $"run.Model.Decode({codes}, {example})" : $"run.Model.Decode({codes})", needsExample);
    }

    private static string Text(IEnumerable<(string Name, object? Value)> options) => string.Join(
        ' ',
        options.Where(option => option.Value is not null)
            .Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name} {option.Value}")));
}
