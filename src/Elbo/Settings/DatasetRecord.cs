using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>The dataset of a run: the hashes distinguish datasets with the same file names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TrainSha256">The hash of its training split (<see cref="ExampleSet.Sha256"/>).</param>
/// <param name="TestSha256">That of its test split; null if the training had none.</param>
/// <param name="Columns">The names of the numbers of an example, such as the columns of a table; absent for none.</param>
/// <param name="LabelNames">What label 0, 1, ... of the training data stand for; absent where that is not known.</param>
public sealed record DatasetRecord(
    string Name,
    string TrainSha256,
    string? TestSha256,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Columns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? LabelNames = null)
{
    /// <summary>Whether a dataset has the same examples, by their hashes; of a training without a test split its training split.</summary>
    /// <param name="dataset">The dataset, which is read as a whole.</param>
    public bool IsOf(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return TrainSha256 == dataset.Train.Sha256 && (TestSha256 is null || TestSha256 == dataset.Test.Sha256);
    }
}
