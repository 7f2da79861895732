using System.IO.Compression;
using Elbo.ML;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Extending.Pipelines;

/// <summary>What cannot be trained on, transformed or loaded is refused with one sentence.</summary>
public sealed class BadPipelineTests(TrainedPipeline trained) : IClassFixture<TrainedPipeline>
{
    private MLContext Context => trained.Context;

    [Fact]
    public void A_column_that_cannot_be_read_is_named()
    {
        var rows = Context.Data.LoadFromEnumerable(new[] { new Others { Wide = [1, 2], Sized = [1, 2] } });
        Refused("There is no column 'Features': the data has Wide, Sized, One.", "Features");
        Refused(
            "The column 'Wide' is of the type Vector<Double, 2>, but the model reads a vector of Single of a fixed size, or images.",
            "Wide");
        Refused("The column 'One' is of the type Single, but the model reads a vector of Single of a fixed size, or images.", "One");
        Refused(
            "The vectors of the column 'Sized' may have different sizes, but the model needs one: give it a vector of Single of a fixed "
                + "size, or images.",
            "Sized");

        void Refused(string sentence, string column)
        {
            var estimator = Context.Transforms.Elbo(new() { InputColumn = column });
            Assert.Equal(sentence, Assert.Throws<ArgumentException>(() => estimator.Fit(rows)).Message);
        }
    }

    [Fact]
    public void A_pipeline_says_before_it_is_trained_that_a_column_is_missing()
    {
        var pipeline = Context.Transforms.CopyColumns("Copy", "Features")
            .Append(Context.Transforms.Elbo(new() { InputColumn = "Nothing" }));
        Assert.StartsWith(
            "There is no column 'Nothing': the data has",
            Assert.Throws<ArgumentException>(() => pipeline.GetOutputSchema(Shape())).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "The column 'Number' is Scalar of Int32, but the model reads a vector of Single of a fixed size, or images.",
            Assert.Throws<ArgumentException>(
                () => Context.Transforms.Elbo(new() { InputColumn = "Number" }).GetOutputSchema(Shape())).Message);
        var made = Context.Transforms.Elbo().GetOutputSchema(Shape());
        Assert.Equal(["Code", "Features", "IsAnomaly", "NegativeElbo", "Number"], made.Select(column => column.Name).Order());
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, made.Single(column => column.Name == "Code").Kind);

        // The shape of the rows, which ML.NET makes only of a fitted estimator without one's own.
        SchemaShape Shape() => Context.Transforms.CustomMapping<Empty, Reading>((_, _) => { }, null).GetOutputSchema(new([]));
    }

    [Fact]
    public void Rows_that_cannot_be_trained_on_are_named()
    {
        var readings = Reading.Normal(300, seed: 1);
        readings[11].Features[2] = float.NaN;
        Refused(
            "Number 2 in row 11 (zero-based) of the column 'Features' is NaN: leave such rows out, or put "
                + "ReplaceMissingValues before the model.",
            readings);
        Refused(
            "A threshold at a false-positive rate of 0.01 takes at least 99 rows that are held out, and at least as many for the training, "
                + "but the column 'Features' has 150 rows of which 99 would be held out: give more rows, or choose a higher rate.",
            Reading.Normal(150, seed: 1));
        Refused("The column 'Features' has no rows to train on.", []);

        void Refused(string sentence, Reading[] rows) => Assert.Equal(
            sentence,
            Assert.Throws<ArgumentException>(() => Context.Transforms.Elbo().Fit(Context.Data.LoadFromEnumerable(rows))).Message);
    }

    [Fact]
    public void Options_that_are_not_possible_are_refused_at_once()
    {
        Refused("0 draws are not possible", new() { Draws = 0 });
        Refused("Two columns of the estimator have the same name", new() { CodeColumn = "IsAnomaly" });
        Refused("An image with 2 channels is not possible", new() { ImageChannels = 2 });
        Refused("Pixels cannot become zeros and ones here", new() { Training = new() { Binarize = Binarization.Static } });
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Transforms.Elbo(new() { FalsePositiveRate = 1 }));
        var large = TrainedPipeline.Options with { Model = options => options with { LatentSize = 1024 } };
        Assert.StartsWith(
            "A code of 1024 dimensions",
            Assert.Throws<SettingsException>(() => Context.Transforms.Elbo(large).Fit(trained.Rows)).Message,
            StringComparison.Ordinal);

        void Refused(string sentence, ElboEstimatorOptions options) => Assert.StartsWith(
            sentence, Assert.Throws<SettingsException>(() => Context.Transforms.Elbo(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_another_size_are_refused_and_a_number_that_is_none_is_an_anomaly()
    {
        var short_ = Context.Data.LoadFromEnumerable(new[] { new Short { Features = [1, 2] } });
        Assert.StartsWith(
            "The column 'Features' has vectors of 2 numbers, but the model was trained on vectors of 4 numbers.",
            Assert.Throws<ArgumentException>(() => trained.Transformer.Transform(short_)).Message,
            StringComparison.Ordinal);

        var rows = Context.Data.LoadFromEnumerable(new[] { new Reading { Features = [20, float.NaN, 20, 0] } });
        var row = ScoredReading.Of(Context, trained.Transformer.Transform(rows)).Single();
        Assert.Equal((float.NaN, true), (row.NegativeElbo, row.IsAnomaly));
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        var file = trained.FileFor("damaged.zip");
        Context.Model.Save(trained.Model, trained.Rows.Schema, file);
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(trained.FileFor("half.zip"), bytes[..(bytes.Length / 2)]);
        Assert.Throws<FormatException>(() => new MLContext().Model.Load(trained.FileFor("half.zip"), out _));

        // In the place of the model stands another text, which ML.NET itself has written.
        var other = Context.Transforms.Conversion.MapValue("Model", new Dictionary<uint, string> { [0] = "no model" }, "Key")
            .Fit(Context.Data.LoadFromEnumerable(new[] { new Keyed() }));
        Context.Model.Save(other, null, trained.FileFor("other.zip"));
        using (var from = ZipFile.OpenRead(trained.FileFor("other.zip")))
        using (var to = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            var map = to.Entries.Single(entry => entry.Name == "DefaultMap.idv");
            var name = map.FullName;
            map.Delete();
            using var read = from.Entries.Single(entry => entry.Name == "DefaultMap.idv").Open();
            using var written = to.CreateEntry(name).Open();
            read.CopyTo(written);
        }

        // A cursor of ML.NET may put an exception of its own around it.
        using var engine = Context.Model.CreatePredictionEngine<Reading, ScoredReading>(new MLContext().Model.Load(file, out _));
        Assert.Equal(
            "The saved model of Elbo is damaged: it is not Base64.",
            Assert.Throws<InvalidDataException>(() => engine.Predict(Reading.Normal(1, seed: 1)[0])).Message);
    }

    private sealed class Others
    {
        [VectorType(2)]
        public double[] Wide { get; set; } = [];

        [VectorType]
        public float[] Sized { get; set; } = [];

        public float One { get; set; }
    }

    private sealed class Short
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Keyed
    {
        public uint Key { get; set; }
    }

    private sealed class Empty;
}
