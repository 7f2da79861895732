using Microsoft.AspNetCore.Components;

namespace Elbo.Studio.Tests;

public class PublicSurfaceTests
{
    // Razor makes components public, and what _Imports.razor becomes.
    [Fact]
    public void The_server_and_its_options_are_public_and_nothing_else() => Assert.Equal(
        [typeof(StudioOptions), typeof(StudioServer)],
        typeof(StudioServer).Assembly.GetExportedTypes()
            .Where(type => !type.IsAssignableTo(typeof(IComponent)))
            .Where(type => type.Name != "_Imports")
            .OrderBy(type => type.Name, StringComparer.Ordinal));
}
