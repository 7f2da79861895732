using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Elbo.Studio.Tests;

public class CircuitLimitTests
{
    private readonly CircuitLimit _limit = new();

    [Fact]
    public async Task One_page_too_many_is_refused_until_another_is_closed()
    {
        var pages = Enumerable.Range(0, Caps.Circuits).Select(_ => Page()).ToArray();
        foreach (var page in pages)
            await Open(page);
        var late = Page();
        await Assert.ThrowsAsync<EnvironmentException>(() => Open(late));
        await Close(late);
        Assert.Equal(Caps.Circuits, _limit.Open);
        await Close(pages[17]);
        await Open(Page());
        Assert.Equal(Caps.Circuits, _limit.Open);
    }

    [Fact]
    public async Task Pages_that_leave_before_they_begin_make_no_room_for_more()
    {
        for (var i = 0; i < 10; i++)
            await Close(Page());
        for (var i = 0; i < Caps.Circuits; i++)
            await Open(Page());
        await Assert.ThrowsAsync<EnvironmentException>(() => Open(Page()));
    }

    // The framework makes them; here it matters only that they are different ones.
    private static Circuit Page() => (Circuit)RuntimeHelpers.GetUninitializedObject(typeof(Circuit));

    private async Task Open(Circuit page) => await _limit.OnCircuitOpenedAsync(page, CancellationToken.None);

    private async Task Close(Circuit page) => await _limit.OnCircuitClosedAsync(page, CancellationToken.None);
}
