namespace Elbo.Studio;

/// <summary>The state of the runs view: the compared runs, what is shown of them, and how the list is filtered and sorted.</summary>
/// <param name="Runs">The ids of the runs, <see cref="Max"/> at maximum, in the order of their selection.</param>
/// <param name="Epoch">The epoch whose samples are shown; null for the last.</param>
internal sealed record RunsState(IReadOnlyList<string> Runs, int? Epoch)
{
    /// <summary>As many as <c>elbo runs compare</c> takes, and a link has room for.</summary>
    public const int Max = 100;

    public const int MaxFilter = 80;
    private const int MaxEpoch = 1_000_000;
    private const int IdLength = 16;

    private static readonly (string Name, RunColumn Column)[] Columns =
    [
        ("run", RunColumn.Run), ("state", RunColumn.State), ("epoch", RunColumn.Epoch), ("elbo", RunColumn.NegativeElbo),
        ("model", RunColumn.Model), ("data", RunColumn.Data), ("started", RunColumn.Begun),
    ];

    /// <summary>The column by which the list is sorted.</summary>
    public RunColumn Sort { get; init; } = RunColumn.Begun;

    /// <summary>Whether the list begins with the highest or the last.</summary>
    public bool IsDescending { get; init; } = true;

    /// <summary>The words that a listed run has in its name, data, model or state.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The epochs that the charts show; null for all.</summary>
    public (int From, int To)? Zoom { get; init; }

    /// <summary>Whether the settings of a single run that are those of its preset are shown too.</summary>
    public bool ShowsAllSettings { get; init; }

    public static RunsState Parse(
        string? runs, string? epoch, string? sort = null, string? filter = null, string? zoom = null, string? settings = null)
    {
        IReadOnlyList<string> ids =
        [
            .. (runs ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(id => id.Length == IdLength && id.All(char.IsAsciiHexDigitLower)).Distinct().Take(Max),
        ];
        var column = ColumnOf(sort);
        return new RunsState(ids, string.IsNullOrEmpty(epoch) ? null : Address.Integer(epoch, 1, 1, MaxEpoch))
        {
            Sort = column ?? RunColumn.Begun,
            IsDescending = column is null || sort!.StartsWith('-'),
            Filter = Filtered(filter),
            Zoom = ParseZoom(zoom),
            ShowsAllSettings = settings == "all",
        };
    }

    public string ToAddress() => Address.Of(
        "runs",
        ("run", Runs.Count > 0 ? string.Join(',', Runs) : null),
        ("epoch", Epoch),
        ("sort", Sort == RunColumn.Begun && IsDescending ? null : (IsDescending ? "-" : "") + NameOf(Sort)),
        ("filter", Filter.Length == 0 ? null : Filter),
        ("zoom", Zoom is { } zoom ? $"{zoom.From}-{zoom.To}" : null),
        ("settings", ShowsAllSettings ? "all" : null));

    /// <summary>The text of a filter as it is kept: without what cannot be shown, and of limited length.</summary>
    public static string Filtered(string? filter)
    {
        var text = PrintableText.Of(filter ?? "");
        return text.Length > MaxFilter ? text[..(char.IsHighSurrogate(text[MaxFilter - 1]) ? MaxFilter - 1 : MaxFilter)] : text;
    }

    /// <summary>A copy with one run added or removed; above the maximum the first selected run is removed.</summary>
    public RunsState Toggle(string id) =>
        this with { Runs = Runs.Contains(id) ? [.. Runs.Where(other => other != id)] : [.. Runs.TakeLast(Max - 1), id], Epoch = null };

    /// <summary>A copy sorted by a column; the other way round, if it already was.</summary>
    public RunsState SortedBy(RunColumn column) =>
        this with { Sort = column, IsDescending = column == Sort ? !IsDescending : column is RunColumn.Begun or RunColumn.Epoch };

    /// <summary>A copy that shows some epochs; no epochs are all.</summary>
    public RunsState Zoomed(int from, int to) =>
        this with { Zoom = from < to ? (Math.Clamp(from, 0, MaxEpoch - 1), Math.Clamp(to, 1, MaxEpoch)) : null };

    // A record compares lists by reference.
    public bool Equals(RunsState? other) => other is not null
        && (Epoch, Sort, IsDescending, Filter, Zoom, ShowsAllSettings)
        == (other.Epoch, other.Sort, other.IsDescending, other.Filter, other.Zoom, other.ShowsAllSettings)
        && Runs.SequenceEqual(other.Runs);

    public override int GetHashCode() => HashCode.Combine(Epoch, Runs.Count, Sort, Filter, Zoom);

    private static string NameOf(RunColumn column) => Columns.Single(known => known.Column == column).Name;

    private static RunColumn? ColumnOf(string? sort)
    {
        var name = sort?.TrimStart('-');
        return Columns.Where(known => known.Name == name).Select(known => (RunColumn?)known.Column).FirstOrDefault();
    }

    private static (int From, int To)? ParseZoom(string? zoom)
    {
        if (zoom?.Split('-') is not [var from, var to])
            return null;
        return new RunsState([], null).Zoomed(Address.Integer(from, 0, 0, MaxEpoch), Address.Integer(to, 0, 0, MaxEpoch)).Zoom;
    }
}
