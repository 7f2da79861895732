using Elbo.Story.Tests;

[assembly: AssemblyFixture(typeof(StoryFile))]

namespace Elbo.Story.Tests;

/// <summary>The story as a file on the disk, written at its first use.</summary>
public sealed class StoryFile : IDisposable
{
    private readonly Lazy<string> _address;
    private readonly TemporaryFolder _folder = new();

    public StoryFile() =>
        _address = new(() => new Uri(_folder.Write("story.html", StoryPage.Bundled().Html.ToArray())).AbsoluteUri);

    /// <summary>Its address, of the form <c>file:///...</c>.</summary>
    public string Address => _address.Value;

    public void Dispose() => _folder.Dispose();
}
