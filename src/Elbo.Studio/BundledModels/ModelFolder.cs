namespace Elbo.Studio;

/// <summary>The files of one bundled model.</summary>
/// <param name="Path">Its folder, named after the model.</param>
internal sealed record ModelFolder(string Path)
{
    /// <summary>Every setting of its training, as a run has it.</summary>
    public string Configuration => System.IO.Path.Combine(Path, "config.json");

    /// <summary>What is known of it (<see cref="ModelFigures"/>).</summary>
    public string Figures => System.IO.Path.Combine(Path, "figures.json");

    /// <summary>Its weights in half precision.</summary>
    public string Weights => System.IO.Path.Combine(Path, "weights.safetensors");
}
