using System.Text.Json.Nodes;

namespace Elbo.Tests;

/// <summary>The generated JSON code against the initializers of the settings, member by member.</summary>
public class SettingsJsonTests
{
    private static readonly RunConfiguration Configuration = new()
    {
        Schema = 1,
        Preset = "cvae",
        Data = new()
        {
            Source = null,
            Validation = 7,
            Binarize = Binarization.Dynamic,
            Attributes = "a.csv",
            TestAttributes = "b.csv",
            AttributeColumns = ["x"],
        },
        Model = new()
        {
            LatentSize = 3,
            Posterior = "point",
            Prior = "mixture",
            PriorComponents = 4,
            Likelihood = "gaussian",
            Sigma = 0.25,
            Condition = Condition.Join(new LabelCondition(3), new RegionCondition("top-half", new ImageShape(1, 4, 2))),
            ConditionDecoder = false,
            Standardization = new([1.5], [2]),
            Network = new() { Kind = "conv", Hidden = [5], PriorHidden = [6], ConditionSkip = true, Channels = [7], Activation = "elu" },
            Shape = new ImageShape(1, 4, 2),
            EncoderType = "E",
            DecoderType = "D",
            ModelType = "M",
            WeightsSeed = ulong.MaxValue,
        },
        Objective = new()
        {
            Kind = "hybrid",
            Samples = 8,
            KlWeight = WeightSchedule.Parse("linear:0:1:100"),
            ReconstructionWeight = 2.5,
            FreeBits = 0.125,
            Capacity = WeightSchedule.Parse("cyclical:0:1:100:5"),
            BoundShare = 0.75,
        },
        Training = new()
        {
            Epochs = 2,
            BatchSize = 16,
            LearningRate = 1e-5,
            LearningRateSchedule = "cosine",
            Averaging = 0.5,
            Seed = 9,
            Device = "cuda",
            CheckpointEvery = 11,
            Threads = 1,
            StartFrom = "there",
            FlushDenormals = true,
            SamplePages = false,
        },
    };

    private static readonly RunRecord Record = new()
    {
        Schema = 3,
        State = RunState.Interrupted,
        Machine = new()
        {
            Processor = "p",
            OperatingSystem = "o",
            Elbo = "e",
            DotNet = "d",
            TorchSharp = "t",
            LibTorch = "l",
            Threads = 2,
            EnvironmentVariables = ["MKL_CBWR=AVX2"],
        },
        Seed = 4,
        Dataset = new DatasetRecord("mnist", "a", "b"),
        InitialWeightsSha256 = "c",
        GradientPath = "fused",
        CommandLine = ["train", "vae"],
        ProcessId = 5,
        StartedAt = DateTimeOffset.UnixEpoch,
        ResumedAt = [DateTimeOffset.UnixEpoch],
        EndedAt = DateTimeOffset.UnixEpoch,
        TestReads = 6,
        BestEpoch = 7,
        Failure = "f",
    };

    [Fact]
    public void The_settings_of_these_tests_differ_from_the_defaults_in_every_member()
    {
        var defaults = Json.ToNode(new RunConfiguration { Model = new() })!;

        foreach (var (path, value) in Members(Json.ToNode(Configuration)!.AsObject()))
            Assert.False(JsonNode.DeepEquals(value, Follow(defaults, path)), $"{path} has its default above: give it another value.");
        foreach (var (path, value) in Members(Json.ToNode(Record)!.AsObject()))
            Assert.False(value is null, $"{path} has its default above: give it another value.");
    }

    [Fact]
    public void Everything_is_the_same_after_it_was_written_and_read()
    {
        Assert.Equal(Configuration, Json.Read<RunConfiguration>(Json.Write(Configuration), "here"));
        Assert.Equal(Json.Write(Record), Json.Write(Json.Read<RunRecord>(Json.Write(Record), "here")));
    }

    [Fact]
    public void A_missing_member_of_a_configuration_has_the_value_of_its_initializer_and_a_required_one_is_demanded()
    {
        var defaults = new RunConfiguration { Model = new() };
        Assert.Equal(defaults, Json.Read<RunConfiguration>("""{"model": {}}""", "here"));
        Assert.Equal(
            defaults, Json.Read<RunConfiguration>("""{"model": {"network": {}}, "data": {}, "objective": {}, "training": {}}""", "here"));

        CheckEachMissing(Configuration, "model");
    }

    [Fact]
    public void A_missing_member_of_a_record_has_the_value_of_its_initializer_and_a_required_one_is_demanded() =>
        CheckEachMissing(Record, "state", "machine", "seed", "dataset", "startedAt");

    [Fact]
    public void No_type_of_settings_lacks_its_defaults()
    {
        var options = Json.Options;
        var pending = new Queue<Type>([typeof(RunConfiguration), typeof(RunRecord), .. Conditions.Kinds.Values.Select(kind => kind.Type)]);
        var seen = new HashSet<Type>();
        while (pending.TryDequeue(out var type))
        {
            if (!seen.Add(type))
                continue;
            var info = options.GetTypeInfo(type);
            foreach (var property in info.Properties.Where(property => property.Get is not null))
                pending.Enqueue(property.PropertyType);
            if (info.ElementType is { } element)
                pending.Enqueue(element);
            var isOurs = type.Assembly == typeof(RunConfiguration).Assembly;
            if (isOurs && info.Properties.Any(property => property is { IsRequired: false, AssociatedParameter.IsMemberInitializer: true }))
                Assert.NotNull(SettingsDefaults.Of(type));
        }

        Assert.Contains(typeof(NetworkOptions), seen);
    }

    private static void CheckEachMissing<T>(T settings, params string[] required)
    {
        var members = Members(Json.ToNode(settings)!.AsObject()).ToList();
        Assert.True(members.Count > 12);
        foreach (var (path, value) in members)
        {
            var rest = Json.ToNode(settings)!;
            Holder(rest, path).Remove(Name(path));
            if (required.Contains(path))
            {
                Assert.Throws<SettingsException>(() => Json.Read<T>(rest.ToJsonString(), "here"));
                continue;
            }

            var read = Json.ToNode(Json.Read<T>(rest.ToJsonString(), "here"))!;

            Assert.True(JsonNode.DeepEquals(DefaultOf(path), Follow(read, path)), $"{path} is {Follow(read, path)}.");
            if (Holder(read, path).ContainsKey(Name(path)))
                Holder(read, path)[Name(path)] = value?.DeepClone();
            else
                Holder(read, path).Add(Name(path), value?.DeepClone());
            Assert.True(JsonNode.DeepEquals(Json.ToNode(settings), read), $"Without {path} other settings change.");
        }

        JsonNode? DefaultOf(string path) => typeof(T) == typeof(RunConfiguration)
            ? Follow(Json.ToNode(new RunConfiguration { Model = new() })!, path)
            : Follow(Json.ToNode(new RunRecord
            {
                State = Record.State,
                Machine = Record.Machine,
                Seed = 4,
                Dataset = Record.Dataset,
                StartedAt = Record.StartedAt,
            })!, path);
    }

    /// <summary>All members of settings by their paths, groups too. What is written as a whole is one.</summary>
    private static IEnumerable<(string Path, JsonNode? Value)> Members(JsonObject settings, string prefix = "")
    {
        foreach (var (name, value) in settings)
        {
            yield return (prefix + name, value);
            if (value is not JsonObject group || name is "condition" or "shape" or "standardization" or "machine" or "dataset")
                continue;
            foreach (var member in Members(group, $"{prefix}{name}."))
                yield return member;
        }
    }

    private static JsonNode? Follow(JsonNode settings, string path) => Holder(settings, path)[Name(path)];

    private static JsonObject Holder(JsonNode settings, string path) =>
        path.Split('.').SkipLast(1).Aggregate(settings, (node, part) => node[part]!).AsObject();

    private static string Name(string path) => path.Split('.')[^1];
}
