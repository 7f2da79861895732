using Spectre.Console;
using Spectre.Console.Rendering;

namespace Elbo.Cli;

/// <summary>The time that a training will still take, as it estimates it itself.</summary>
internal sealed class TimeLeftColumn : ProgressColumn
{
    public TimeSpan? TimeLeft { get; set; }

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(TimeLeft is { } left ? left.ToString(left.TotalDays < 1 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss") : "--:--:--");

    public override int? GetColumnWidth(RenderOptions options) => 11;
}
