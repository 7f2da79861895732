namespace Elbo.Studio;

/// <summary>The files of one bundled model.</summary>
/// <param name="Path">The folder of the model, named by its id.</param>
internal sealed record ModelFolder(string Path)
{
    /// <summary>All settings of its training, in the format of a run's configuration.</summary>
    public string Configuration => System.IO.Path.Combine(Path, "config.json");

    /// <summary>Its measured figures (<see cref="ModelFigures"/>).</summary>
    public string Figures => System.IO.Path.Combine(Path, "figures.json");

    /// <summary>Its weights in half precision.</summary>
    public string Weights => System.IO.Path.Combine(Path, "weights.safetensors");
}
