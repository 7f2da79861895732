using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Elbo.Studio.Tests;

public class CircuitLimitTests
{
    private readonly CircuitLimit _limit = new();

    [Fact]
    public async Task A_page_above_the_limit_is_refused_until_another_is_closed()
    {
        var pages = Enumerable.Range(0, StudioLimits.Circuits).Select(_ => Page()).ToArray();
        foreach (var page in pages)
            await Open(page);
        var late = Page();
        await Assert.ThrowsAsync<EnvironmentException>(() => Open(late));
        await Close(late);
        Assert.Equal(StudioLimits.Circuits, _limit.Open);
        await Close(pages[17]);
        await Open(Page());
        Assert.Equal(StudioLimits.Circuits, _limit.Open);
    }

    [Fact]
    public async Task Pages_closed_before_they_were_opened_do_not_raise_the_limit()
    {
        for (var i = 0; i < 10; i++)
            await Close(Page());
        for (var i = 0; i < StudioLimits.Circuits; i++)
            await Open(Page());
        await Assert.ThrowsAsync<EnvironmentException>(() => Open(Page()));
    }

    // Circuits are created by the framework; here only their identity matters.
    private static Circuit Page() => (Circuit)RuntimeHelpers.GetUninitializedObject(typeof(Circuit));

    private async Task Open(Circuit page) => await _limit.OnCircuitOpenedAsync(page, CancellationToken.None);

    private async Task Close(Circuit page) => await _limit.OnCircuitClosedAsync(page, CancellationToken.None);
}
