using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Elbo.Tests;

public partial class InvariantCultureTests
{
    // What has the time of day or the speed of a machine in it.
    private static readonly string[] Measured = ["run.json", "timings.csv"];

    [Fact]
    public void The_foreign_culture_would_be_seen()
    {
        double[] numbers = [-1234.5, double.NaN, double.PositiveInfinity];

        Assert.Equal(
            ["\u22121234,5", "ingen", "o\u00e4ndlig"],
            ForeignCulture.In(ForeignCulture.Instance, () => numbers.Select(number => number.ToString()).ToArray()));
    }

    [Fact]
    public void A_run_leaves_the_same_files_in_every_culture()
    {
        using var folders = new TemporaryFolder();
        var known = Train(CultureInfo.InvariantCulture, folders["known"]);
        var foreign = Train(ForeignCulture.Instance, folders["foreign"]);

        Assert.Equal(known.Keys, foreign.Keys);
        string[] written = ["config.json", "metrics.csv", "standard-errors.csv", "curves.png", "checkpoints/last.safetensors"];
        Assert.Equal([], written.Concat(Measured).Except(known.Keys));
        foreach (var (name, bytes) in known)
        {
            if (Measured.Contains(name))
                Assert.Equal(Masked(bytes), Masked(foreign[name]));
            else
                Assert.True(bytes.AsSpan().SequenceEqual(foreign[name]), $"{name} differs.");
        }
    }

    [Fact]
    public void A_run_is_read_and_resumed_in_another_culture_than_it_was_written_in()
    {
        using var folders = new TemporaryFolder();
        Train(CultureInfo.InvariantCulture, folders["straight"], epochs: 3);
        Train(CultureInfo.InvariantCulture, folders["run"]);
        double[] Losses()
        {
            using var run = Run.Load(folders["run"]);
            return [.. run.ReadMetrics().Select(row => row.Loss)];
        }

        var known = ForeignCulture.In(CultureInfo.InvariantCulture, Losses);
        var foreign = ForeignCulture.In(ForeignCulture.Instance, () =>
        {
            var losses = Losses();
            using var run = Run.Load(folders["run"]);
            run.Resume(SmallRuns.Data, epochs: 3);
            return losses;
        });

        Assert.Equal(known, foreign);
        Assert.Equal(File.ReadAllText(folders["straight", "metrics.csv"]), File.ReadAllText(folders["run", "metrics.csv"]));
    }

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        using var folder = new TemporaryFolder();
        folder.Write("too-bright.npy", NpyBytes.Doubles("(1, 1, 2)", 0.5, -1.25));
        using var model = SmallRuns.Model();
        using var unit = Vae.Create(ValueShape.Vector(2), o => o with { Likelihood = "bernoulli" });
        string[] Messages() =>
        [
            Message(() => new TrainerOptions { LearningRate = -1.5 }.Validate()),
            Message(() => new TrainerOptions { Averaging = 1.25 }.Validate()),
            Message(() => new TrainerOptions { Epochs = -3 }.Validate()),
            Message(() => Check(new ObjectiveOptions { FreeBits = -0.5 })),
            Message(() => Check(new ObjectiveOptions { Kind = "hybrid", BoundShare = 1.5 })),
            Message(() => Check(new ObjectiveOptions { KlWeight = -0.25 })),
            Message(() => Vae.Create(SmallRuns.Data.Shape, o => o with { Likelihood = "gaussian", Sigma = -0.5 })),
            Message(() => Vae.Create(SmallRuns.Data.Shape, o => o with { LatentSize = -2 })),
            Message(() => ImageDataset.FromNpy(folder["too-bright.npy"])),
            Message(() => model.Decode(new LatentCodes(3, [float.NegativeInfinity, 0, 0]), [0])),
            Message(() => Condition.Label(-1)),
            Message(() => _ = new ImageShape(1, -4, 4)),
            Message(() => WeightSchedule.Parse("linear:0.5:x:3")),
            Message(() => unit.EnsureFits(RowDataset.FromRows([[-0.5, 1.5]]))),
        ];

        var known = ForeignCulture.In(CultureInfo.InvariantCulture, Messages);

        Assert.Equal(known, ForeignCulture.In(ForeignCulture.Instance, Messages));
        Assert.StartsWith("A learning rate of -1.5 is not possible", known[0], StringComparison.Ordinal);
        Assert.True(known.Count(message => DecimalOrNegative().IsMatch(message)) >= 10, string.Join(Environment.NewLine, known));

        void Check(ObjectiveOptions objective) => new Trainer(model, new() { Objective = objective }).Check(SmallRuns.Data.Train, null);
    }

    [Fact]
    public void Texts_of_values_are_the_same_in_every_culture()
    {
        EpochReport? last = null;
        TrainingProgress? step = null;
        using var model = SmallRuns.Model();
        var result = new Trainer(model, SmallRuns.Options(null)).Fit(
            SmallRuns.Data, progress: new SynchronousProgress(value => (step, last) = (value, value.Completed ?? last)));
        object?[] values =
        [
            new MeanEstimate(-1.5, 0.25), new KlFigure("z", 0.125, [0.5, -0.5], false), new ExampleScore(1.5, -0.5, null),
            new TermWeights(1, 0.5, 0.25), new LatentGroup("z", -1), new ImageGridOptions { Margin = -1 }, new ModelOptions { Sigma = 0.5 },
            new TrainerOptions(), new ObjectiveOptions { FreeBits = 0.5, KlWeight = new LinearWarmUp(0, 0.5, 100) },
            new CyclicalWeight(0.25, 1.5, 10, 4), new LikelihoodContext(SmallRuns.Data.Shape, 0.5), ValueList.Of([0.5, -1.5]),
            LikelihoodChoice.For(SmallRuns.Data.Train).Reason, last, step, result,
        ];
        string?[] Texts() => [.. values.Select(value => value!.ToString())];

        var known = ForeignCulture.In(CultureInfo.InvariantCulture, Texts);

        Assert.Equal("MeanEstimate { Nats = -1.5, StandardError = 0.25 }", known[0]);
        Assert.Equal(known, ForeignCulture.In(ForeignCulture.Instance, Texts));
    }

    [Fact]
    public void Every_record_that_is_given_numbers_writes_them_by_the_invariant_culture()
    {
        var records = typeof(Vae).Assembly.GetExportedTypes()
            .Where(type =>
                type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null)
            .Where(type => type.GetProperties().Any(property => property.SetMethod is not null && IsNumber(property.PropertyType)))
            .ToList();

        Assert.True(records.Count > 15, $"Only {records.Count} records were found: this test does not see what it checks.");
        Assert.Equal([], records.Where(type =>
            type.GetMethod("ToString", BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly, [])!
                .IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)));
    }

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var number && !number.IsEnum
        && Type.GetTypeCode(number) is TypeCode.Int32 or TypeCode.Int64 or TypeCode.Single or TypeCode.Double;

    private static SortedDictionary<string, byte[]> Train(
        CultureInfo culture, string folder, int epochs = 2) => ForeignCulture.In(culture, () =>
    {
        using var model = SmallRuns.Model();
        var options = SmallRuns.Options(folder) with
        {
            Epochs = epochs,
            LearningRate = 0.0025,
            Averaging = 0.5,
            Objective = new() { KlWeight = new LinearWarmUp(0.125, 0.75, 12), FreeBits = 0.25 },
        };
        new Trainer(model, options).Fit(SmallRuns.Data);
        return new SortedDictionary<string, byte[]>(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes),
            StringComparer.Ordinal);
    });

    private static string Message(Action action)
    {
        var exception = Record.Exception(action);
        Assert.NotNull(exception);
        return exception.Message;
    }

    private static string Masked(byte[] text) => NumberOrTime().Replace(Encoding.UTF8.GetString(text), "#");

    [GeneratedRegex(@"\d\.\d|-\d")]
    private static partial Regex DecimalOrNegative();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b|\d+(\.\d+)?(E-?\d+)?")]
    private static partial Regex NumberOrTime();
}
