namespace Elbo.Tests;

/// <summary>A temporary folder for a test, deleted with its content on disposal.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("elbo-tests-").FullName;

    /// <summary>Returns the path of a file in the folder.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, params byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
