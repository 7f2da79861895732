namespace Elbo.Results;

/// <summary>A row of the table: the training, the evaluation and the published values.</summary>
/// <param name="Id">The id, which is also part of the names of its runs and records.</param>
/// <param name="Model">A short description of the model.</param>
/// <param name="Train">The arguments of <c>elbo train</c> without the seed and the folder of the run.</param>
/// <param name="Metrics">The metrics of the row.</param>
internal sealed record ResultRow(string Id, string Model, string Train, params IReadOnlyList<ResultMetric> Metrics)
{
    /// <summary>The placeholder in <see cref="Train"/> for the folder of Fashion-MNIST.</summary>
    public const string Fashion = "FASHION";

    /// <summary>The further arguments of <c>elbo evaluate RUN</c>.</summary>
    public string Evaluate { get; init; } = "";

    /// <summary>The seeds; the metrics are means over them.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0];

    /// <summary>The source of the published value and an explanation of the difference.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The row whose best weights, with its first seed, initialize the training; null for random weights.</summary>
    public ResultRow? StartFrom { get; init; }

    /// <summary>Returns the training command, with RUN in place of the folder of the run.</summary>
    /// <param name="seed">The seed, or a placeholder.</param>
    public string TrainCommand(string seed) =>
        $"elbo train {Train} {(StartFrom is null ? "" : $"--start-from RUN-OF-{StartFrom.Id} ")}--seed {seed} --out RUN";

    /// <summary>The evaluation command.</summary>
    public string EvaluateCommand => $"elbo evaluate RUN {Evaluate}".TrimEnd();

    /// <summary>Whether the row belongs to the table of Fashion-MNIST.</summary>
    public bool IsFashion => Train.Contains(Fashion, StringComparison.Ordinal);
}

/// <summary>A metric of a row.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Key">The property name in <c>elbo evaluate --json</c>.</param>
/// <param name="Published">The published value, or null.</param>
/// <param name="Target">The target value, or null.</param>
internal sealed record ResultMetric(string Name, string Key, double? Published = null, double? Target = null)
{
    /// <summary>Whether it is a proportion, printed in per cent, for which higher is better.</summary>
    public bool IsProportion { get; init; }
}
