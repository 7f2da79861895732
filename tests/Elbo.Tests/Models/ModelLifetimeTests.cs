using System.Reflection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Elbo.Tests;

public class ModelLifetimeTests
{
    /// <summary>Methods of TorchSharp's module that neither touch weights nor mislead after the end of a model.</summary>
    private static readonly string[] Harmless =
    [
        "Dispose", "GetName", "ToString", "Equals", "GetHashCode", "GetType", "apply", "modules", "named_modules", "get_buffer",
        "has_buffer",
    ];

    public static TheoryData<string> Variants => [.. ModelVariants.Names];

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_model_outlives_the_dispose_scope_in_which_it_was_created(string name)
    {
        LatentVariableModel model;
        using (NewDisposeScope())
            model = ModelVariants.Create(name).Model;

        AssertAlive(model);
        model.Dispose();
    }

    [Fact]
    public void So_does_a_model_of_another_structure_with_modules_parameters_and_buffers_of_its_author()
    {
        OwnModel model;
        LatentVariableModel withOwnModules;
        using (NewDisposeScope())
        {
            model = new OwnModel();
            withOwnModules = Vae.Create(
                SmallRuns.Data.Shape,
                o => o with { LatentSize = 3 },
                modules: new(
                    new OwnModule(36, 6),
                    new OwnModule(3, 36)));
        }

        AssertAlive(model);
        AssertAlive(withOwnModules);
        Assert.Equal(4, withOwnModules.Sample(4).Count);
        model.Dispose();
        withOwnModules.Dispose();
    }

    [Fact]
    public void So_does_a_model_that_is_trained_moved_or_loaded_inside_one()
    {
        using var folders = new TemporaryFolder();
        using var model = SmallRuns.Model();
        using var alone = SmallRuns.Model();
        new Trainer(alone, SmallRuns.Options(null)).Fit(SmallRuns.Data);
        Run run;
        using (NewDisposeScope())
        {
            new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
            run = Run.Load(folders["run"]);
        }

        var expected = alone.Sample(3, seed: 1).Values.ToArray();
        Assert.Equal(expected, model.Sample(3, seed: 1).Values.ToArray());
        Assert.Equal(expected, run.Model.Sample(3, seed: 1).Values.ToArray());
        run.Dispose();

        using (NewDisposeScope())
            model.to(float64);
        AssertAlive(model);
    }

    [Fact]
    public void Parameters_that_a_module_gets_after_it_was_registered_outlive_the_scope_from_the_training_on()
    {
        using var model = new OwnModel();
        using (NewDisposeScope())
        {
            model.Module.register_buffer("late", ones(1));
            new Trainer(model, SmallRuns.Options(null)).Fit(SmallRuns.Data);
        }

        AssertAlive(model);
    }

    [Fact]
    public void Every_public_method_of_a_disposed_model_says_that_it_is_disposed()
    {
        GenerativeModel[] models = [SmallRuns.Model(), new OwnModel(), new TwoLayerModel(SmallRuns.Data.Shape, 1)];
        foreach (var model in models)
        {
            using var scope = NewDisposeScope();
            model.Dispose();
            var methods = model.GetType().GetMethods()
                .Where(method => !method.IsStatic && !Harmless.Contains(method.Name))
                // Saving and loading by streams stand for those by files.
                .Where(method => method.GetParameters() is not [{ Name: "location" }, ..])
                // Properties are values of the model, but for these, which come from a pass.
                .Where(method => !method.IsSpecialName || method.Name is "get_HasKullbackLeibler" or "get_KlIsMonteCarlo")
                // The passes of a subclass are its author's.
                .Where(method => model is LatentVariableModel || method.Name is not ("Infer" or "Generate"))
                .ToList();
            Assert.True(methods.Count(method => method.DeclaringType!.Assembly == typeof(GenerativeModel).Assembly) > 5);
            foreach (var method in methods)
                AssertDisposed(method, model);
            foreach (var method in MethodsThatTakeAModel().Where(method => method.GetParameters()[0].ParameterType.IsInstanceOfType(model)))
                AssertDisposed(method, null, model);
            Assert.Throws<ObjectDisposedException>(() => new Trainer(model, SmallRuns.Options(null)).Fit(SmallRuns.Data));
        }
    }

    [Fact]
    public void Every_public_method_of_a_disposed_run_says_that_it_is_disposed()
    {
        using var folders = new TemporaryFolder();
        using (var model = SmallRuns.Model())
            new Trainer(model, SmallRuns.Options(folders["run"])).Fit(SmallRuns.Data);
        var run = Run.Load(folders["run"]);
        var loaded = run.Model;

        run.Dispose();
        run.Dispose();

        Assert.Throws<ObjectDisposedException>(() => loaded.Sample(1));
        var methods = typeof(Run).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.Name is not (
                "Dispose" or "get_Folder" or "get_Configuration" or "get_Directory" or "get_Processes" or "set_Processes"))
            .ToList();
        Assert.True(methods.Count > 4);
        foreach (var method in methods)
            AssertDisposed(method, run);
        Assert.Equal(folders["run"], run.Folder);
    }

    private static IEnumerable<MethodInfo> MethodsThatTakeAModel() => typeof(GenerativeModel).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.GetParameters() is [var first, ..] && first.ParameterType.IsAssignableTo(typeof(GenerativeModel)));

    private static void AssertAlive(GenerativeModel model)
    {
        Assert.NotEmpty(model.NamedState());
        Assert.All(model.NamedState(), named => Assert.False(named.Value.IsInvalid, named.Name));
        using var scope = NewDisposeScope();
        Assert.Equal(1, ModelTerms.Probe(model).Reconstruction.shape[0]);
    }

    private static void AssertDisposed(MethodInfo method, object? instance, params object[] first)
    {
        if (method.IsGenericMethodDefinition)
            method = method.MakeGenericMethod(typeof(Linear));
        object?[] arguments = [.. first, .. method.GetParameters().Skip(first.Length).Select(Argument)];
        Exception? thrown = null;
        try
        {
            // A method that enumerates lazily shows it at the first element.
            if (method.Invoke(instance, arguments) is System.Collections.IEnumerable lazy)
                _ = lazy.GetEnumerator().MoveNext();
        }
        catch (TargetInvocationException exception)
        {
            thrown = exception.InnerException;
        }

        Assert.True(thrown is ObjectDisposedException, $"{method.DeclaringType!.Name}.{method}: {thrown?.GetType().Name ?? "nothing"}");
    }

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { } type when type == typeof(ExampleSet) => SmallRuns.Data.Test,
        { } type when type == typeof(Dataset) => SmallRuns.Data,
        { } type when type == typeof(ObjectiveOptions) => new ObjectiveOptions(),
        { } type when type == typeof(LatentCodes) => new LatentCodes(3, new float[3]),
        { } type when type == typeof(Batch) => new Batch(zeros(1, 36), zeros(1, 3)),
        { } type when type == typeof(Noise) => new Noise(zeros(1, 3)),
        { } type when type == typeof(Tensor) => zeros(1, 3),
        { } type when type == typeof(Parameter) => new Parameter(zeros(1)),
        { } type when type == typeof(nn.Module) => nn.Linear(1, 1),
        { } type when type == typeof(string) => "likelihood.name",
        { } type when type == typeof(int) => 1,
        { } type when type == typeof(Stream) => new MemoryStream(),
        { } type when type == typeof(BinaryReader) => new BinaryReader(new MemoryStream()),
        { } type when type == typeof(BinaryWriter) => new BinaryWriter(new MemoryStream()),
        { } type when type == typeof(Dictionary<string, Tensor>) => new Dictionary<string, Tensor>(),
        { IsValueType: true } type => Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null,
        _ => null,
    };

    /// <summary>A module that makes its own parameters and buffers.</summary>
    private sealed class OwnModule : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter _weight;
        private readonly Tensor _offset;

        public OwnModule(int inputs, int outputs)
            : base(nameof(OwnModule))
        {
            _weight = new Parameter(ones(outputs, inputs, float32));
            _offset = zeros(outputs, float32);
            register_parameter("weight", _weight);
            register_buffer("offset", _offset);
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight, _offset);
    }

    /// <summary>A model with a module, a parameter and a buffer of its own.</summary>
    private sealed class OwnModel : GenerativeModel
    {
        private readonly Parameter _mean;
        private readonly Tensor _offset;

        public OwnModel()
            : base(nameof(OwnModel), SmallRuns.Data.Shape, new BernoulliLikelihood(), null, new LatentGroup("z", 3))
        {
            _mean = new Parameter(zeros(1, 3, float32));
            _offset = zeros(36, float32);
            Module = new OwnModule(3, 36);
            register_parameter("mean", _mean);
            register_buffer("offset", _offset);
            register_module("module", Module);
        }

        public nn.Module<Tensor, Tensor> Module { get; }

        public override ForwardPass Infer(Tensor x, Tensor? features, Noise noise)
        {
            var posterior = new DiagonalGaussian(_mean.expand(x.shape[0], -1));
            var z = posterior.Sample(noise[0]);
            return new ForwardPass(
                Module.call(z).Plus(_offset), [new LatentVariable("z", posterior, new DiagonalGaussian(zeros(1, 3)), noise[0], z)]);
        }

        public override Tensor Generate(Tensor? features, Noise noise) => Module.call(noise[0]).Plus(_offset);
    }
}
