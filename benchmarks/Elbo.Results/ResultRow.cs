namespace Elbo.Results;

/// <summary>A row of the table: what is trained, how it is judged, and what stands beside it.</summary>
/// <param name="Id">Its name, which is also that of its run and of its record.</param>
/// <param name="Model">What it is, in a few words.</param>
/// <param name="Train">What follows <c>elbo train</c>; the seed and the folder of the run are added.</param>
/// <param name="Figures">The figures that are printed of it.</param>
internal sealed record ResultRow(string Id, string Model, string Train, params IReadOnlyList<ResultFigure> Figures)
{
    /// <summary>What stands in <see cref="Train"/> for the folder of Fashion-MNIST.</summary>
    public const string Fashion = "FASHION";

    /// <summary>What follows <c>elbo evaluate RUN</c>.</summary>
    public string Evaluate { get; init; } = "";

    /// <summary>The seeds; the figures are means over them.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0];

    /// <summary>Where the published figure comes from, and what explains the difference.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The row with whose best weights, of its first seed, the training begins; null for weights drawn anew.</summary>
    public ResultRow? StartFrom { get; init; }

    /// <summary>The command that trains it, with RUN for the folder of the run.</summary>
    /// <param name="seed">The seed, or what stands for it.</param>
    public string TrainCommand(string seed) =>
        $"elbo train {Train} {(StartFrom is null ? "" : $"--start-from RUN-OF-{StartFrom.Id} ")}--seed {seed} --out RUN";

    /// <summary>The command that evaluates it.</summary>
    public string EvaluateCommand => $"elbo evaluate RUN {Evaluate}".TrimEnd();

    /// <summary>Whether it belongs to the table of Fashion-MNIST.</summary>
    public bool IsFashion => Train.Contains(Fashion, StringComparison.Ordinal);
}

/// <summary>A figure of a row.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Key">What <c>elbo evaluate --json</c> calls it.</param>
/// <param name="Published">The published figure, or null where there is none.</param>
/// <param name="Target">The figure to reach, or null where there is none.</param>
internal sealed record ResultFigure(string Name, string Key, double? Published = null, double? Target = null)
{
    /// <summary>Whether it is a share, to be printed in per cent, of which more is better.</summary>
    public bool IsShare { get; init; }
}
