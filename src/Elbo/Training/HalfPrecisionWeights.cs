using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// The weights of a model in half precision and nothing else: a small part of what a checkpoint holds, and all that using a model takes. A
/// run cannot go on from them.
/// </summary>
public static class HalfPrecisionWeights
{
    private const string FormatKey = "format";
    private const string Format = "elbo-half-precision-weights-1";

    /// <summary>
    /// Writes the weights atomically, and rounds those of the model to what was written, so that what is measured afterwards is what others
    /// read.
    /// </summary>
    /// <param name="path">The file, in the safetensors format; an existing one is replaced.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="EnvironmentException">The file cannot be written.</exception>
    public static void Save(string path, GenerativeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var change = model.BeginChange();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var entries = new List<SafetensorsEntry>();
        foreach (var (name, value) in model.NamedState())
        {
            var rounded = value.detach().to(float16);
            entries.Add(TensorEntries.FromTensor(name, rounded));
            value.copy_(rounded);
        }

        SafetensorsFile.Write(path, entries, new Dictionary<string, string> { [FormatKey] = Format });
    }

    /// <summary>Loads the weights of a file into a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">A model that was built like the one that was saved.</param>
    /// <exception cref="InputException">The file is corrupt, or has weights of another model.</exception>
    public static void Load(string path, GenerativeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var file = SafetensorsFile.Read(path);
        if (!file.Metadata.TryGetValue(FormatKey, out var format) || format != Format)
            throw new InputException($"{path} does not hold the weights of a model in half precision.");
        var known = FormerNames.WithFormer(model.NamedState());
        if (file.Entries.FirstOrDefault(entry => !known.Contains(entry.Name)) is { } other)
            throw new InputException(
                $"{path} holds the tensor '{other.Name}', which this model does not have: it belongs to another model.");
        using var change = model.BeginChange();
        TensorEntries.CopyInto(file, path, model.NamedState(), FormerNames.Of);
    }
}
