namespace Elbo.ML.Columns;

/// <summary>A model that was trained, as ONNX in a temporary folder.</summary>
internal sealed class ExportedModel : IDisposable
{
    private readonly string _temporary = Directory.CreateTempSubdirectory("elbo-ml-").FullName;

    private ExportedModel()
    {
    }

    /// <summary>The folder of the export.</summary>
    public string Folder => Path.Combine(_temporary, "model");

    /// <summary>Trains a model.</summary>
    /// <exception cref="SettingsException">
    /// Options, model and data are not compatible, or a part of the model does not describe its operations.
    /// </exception>
    public static ExportedModel Train(ExampleSet train, ElboEstimatorOptions options)
    {
        var exported = new ExportedModel();
        try
        {
            using var model = Vae.Create(train, options.Model, options.Training.Seed);
            if (model.Options.LatentSize > TransformerParts.LargestCode)
            {
                throw new SettingsException(
                    $"A code of {model.Options.LatentSize} dimensions is no column here: choose at most {TransformerParts.LargestCode}.");
            }

            // What cannot be exported is refused before it is trained.
            OnnxExport.Write(model, Path.Combine(exported._temporary, "untrained"));
            new Trainer(model, options.Training) { Preset = "vae" }.Fit(train, options.Progress);
            OnnxExport.Write(model, exported.Folder);
            return exported;
        }
        catch
        {
            exported.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_temporary, recursive: true);
}
