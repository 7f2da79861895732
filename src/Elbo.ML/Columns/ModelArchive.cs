using System.IO.Compression;
using Elbo.Inference;

namespace Elbo.ML.Columns;

/// <summary>
/// A model as text: a ZIP archive of the graphs that are run, and of <see cref="ColumnSettings"/>, in Base64. ML.NET saves texts with its
/// own transformers, and nothing of others.
/// </summary>
/// <param name="Text">The text.</param>
/// <param name="Threshold">The threshold in it.</param>
/// <param name="LatentSize">The dimensions of a code.</param>
internal sealed record ModelArchive(string Text, AnomalyThreshold Threshold, int LatentSize)
{
    // The decoder says what model it is.
    private static readonly string[] Files = ["decoder.onnx", "encoder.onnx", "score.onnx"];

    /// <summary>The model of an export, with a threshold from examples that it was not trained on.</summary>
    /// <exception cref="NotFiniteException">A score is not finite.</exception>
    public static ModelArchive Write(string export, ElboEstimatorOptions options, ExampleSet normal)
    {
        var settings = new ColumnSettings { Draws = options.Draws, Seed = options.Training.Seed };
        var scoring = new ScoringModel(InferenceModel.Load(export), settings);
        var threshold = AnomalyCalibration.FindThreshold(Scores(scoring, normal, options.InputColumn), options.FalsePositiveRate);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, ColumnSettings.File, (settings with { Threshold = threshold }).ToBytes());
            foreach (var file in Files)
                Add(archive, file, File.ReadAllBytes(Path.Combine(export, file)));
        }

        return new(Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length), threshold, scoring.Model.Description.LatentSize);
    }

    /// <summary>The model in a text.</summary>
    /// <exception cref="InvalidDataException">The text is no such archive.</exception>
    public static ScoringModel Read(string text)
    {
        try
        {
            using var bytes = new MemoryStream(Convert.FromBase64String(text), writable: false);
            ColumnSettings settings;
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Read, leaveOpen: true))
            using (var stream = archive.GetEntry(ColumnSettings.File)?.Open() ?? throw new InvalidDataException("it has no settings"))
                settings = ColumnSettings.Read(stream);
            bytes.Position = 0;
            return new ScoringModel(InferenceModel.Load(bytes), settings);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            var reason = exception is FormatException ? "it is not Base64" : exception.Message.TrimEnd('.');
            throw new InvalidDataException($"The saved model of Elbo is damaged: {reason}.", exception);
        }
    }

    private static IEnumerable<double> Scores(ScoringModel model, ExampleSet examples, string column)
    {
        for (var i = 0; i < examples.Count; i++)
        {
            var score = model.NegativeElbo(examples.ToValues(i)[0]);
            yield return float.IsFinite(score)
                ? score
                : throw new NotFiniteException($"The score of a row of the column '{column}' is not finite, so there is no threshold.");
        }
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        var entry = archive.CreateEntry(name);
        // The same training gives the same text.
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(content);
    }
}
