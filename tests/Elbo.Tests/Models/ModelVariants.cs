using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>One small model for each choice the family offers, for the contract that all must keep.</summary>
internal static class ModelVariants
{
    public static readonly ImageShape Shape = new(1, 6, 5);
    private static readonly ImageShape ColorShape = new(3, 5, 4);
    private const int Labels = 3;
    private const int Examples = 3;

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The priors that are for models without a condition, and have no divergence in closed form.</summary>
    public static IReadOnlyList<string> Mixtures { get; } = [.. Priors.Names.Where(IsMixture)];

    private static readonly NetworkOptions Small = new() { Hidden = [7, 6], Activation = "tanh" };

    // Each of them needs options of its own, which its variants have.
    private static readonly string[] BuiltInPosteriors = [Posteriors.Gaussian, Posteriors.Point, Posteriors.Prior, Posteriors.None];

    private static readonly Dictionary<string, (ModelOptions Options, ObjectiveOptions Objective)> All = Fill();

    /// <summary>The parts of a variant, without its objective.</summary>
    public static ModelOptions OptionsOf(string name) => All[name].Options;

    /// <summary>What of a variant decides how its terms become a loss.</summary>
    public static object KindOf(string name) => (
        All[name].Options.Prior, All[name].Options.Posterior, All[name].Objective with { KlWeight = 1, ReconstructionWeight = 1 });

    public static (LatentVariableModel Model, ObjectiveOptions Objective) Create(string name, ulong seed = 1)
    {
        var (options, objective) = All[name];
        var modules = name.EndsWith("modules of a user", StringComparison.Ordinal) ? OwnModules(options, seed) : null;
        return (LatentVariableModel.Create(options, seed, objective, modules), objective);
    }

    /// <summary>Examples with a label and attributes each, of which a condition takes what it is about.</summary>
    public static ImageDataset Conditions(ValueShape shape)
    {
        var random = new Random(3);
        var pixels = new byte[Examples * shape.Size];
        random.NextBytes(pixels);
        return new ImageDataset(
            shape.Image!.Value,
            pixels,
            new[] { 0, 1, 2 },
            new RowDataset(ValueShape.Vector(2), new[] { 0.5f, -3, 1, -2, 2.5f, -7 }));
    }

    private static Dataset Data(ImageShape shape) => new("random", Conditions(shape), Conditions(shape));

    private static void AddConditions(
        Dictionary<string, (ModelOptions, ObjectiveOptions)> variants, ModelOptions options, ObjectiveOptions objective)
    {
        string[] conditions =
        [
            "attributes", "label+attributes", "label+top-half+attributes", "rectangle:1,2,3,2", "all-but-rectangle:1,2,3,2",
        ];
        foreach (var text in conditions)
        {
            var conditioned = options with { Condition = ConditionText.Parse(text).For(Data(Shape)) };
            variants.Add($"{text}", (conditioned, objective));
            variants.Add($"{text}, hidden layers before the prior", (conditioned with
            {
                Prior = "mean-variance",
                Network = conditioned.Network with { PriorHidden = [5, 4] },
            }, objective));
            variants.Add($"{text}, skip", (conditioned with { Network = conditioned.Network with { ConditionSkip = true } }, objective));
            variants.Add($"{text}, skip, three draws", (conditioned with
            {
                Network = conditioned.Network with { ConditionSkip = true },
                Likelihood = "gaussian",
            }, objective with { Samples = 3 }));
            variants.Add($"{text}, conv, three draws", (conditioned with
            {
                Network = conditioned.Network with { Kind = "conv", Channels = [3, 4], Hidden = [] },
            }, objective with { Samples = 3 }));
        }
    }

    // The baselines of Sohn, Lee and Yan (2015), each at a label and at part of an image.
    private static void AddBaselines(Dictionary<string, (ModelOptions, ObjectiveOptions)> variants, ModelOptions options)
    {
        foreach (var text in new[] { "label", "quadrants-2", "label+top-half" })
        {
            var conditioned = options with { Condition = ConditionText.Parse(text).For(Data(Shape)) };
            var alone = new ObjectiveOptions { Kind = "reconstruction" };
            foreach (var prior in new[] { "standard", "mean", "mean-variance" })
            {
                var of = conditioned with { Prior = prior };
                variants.Add($"{text}, gsnn, prior {prior}", (of with { Posterior = "prior" }, alone with { ReconstructionWeight = 0.7 }));
                variants.Add($"{text}, gsnn, prior {prior}, three draws", (of with { Posterior = "prior" }, alone with { Samples = 3 }));
                variants.Add($"{text}, hybrid, prior {prior}", (of, new() { Kind = "hybrid", BoundShare = 0.3, KlWeight = 0.5 }));
                variants.Add($"{text}, hybrid, prior {prior}, three draws", (of with
                {
                    Network = of.Network with { PriorHidden = [5], ConditionSkip = true },
                }, new() { Kind = "hybrid", Samples = 3, FreeBits = 0.1 }));
            }

            variants.Add($"{text}, deterministic", (conditioned with { Posterior = "none" }, alone));
            variants.Add($"{text}, deterministic, skip", (conditioned with
            {
                Posterior = "none",
                Likelihood = "gaussian",
                Network = options.Network with { ConditionSkip = true },
            }, alone));
            variants.Add($"{text}, deterministic, conv", (conditioned with
            {
                Posterior = "none",
                Network = options.Network with { Kind = "conv", Channels = [3, 4], Hidden = [7] },
            }, alone));
        }
    }

    // Made anew for each model, which disposes them. They draw their weights from the global generator, which is seeded and put back.
    private static CustomModules OwnModules(ModelOptions options, ulong seed)
    {
        using var state = Generator.Default.get_state();
        random.manual_seed((long)seed);
        var features = options.Condition?.FeatureCount ?? 0;
        var beside = features - (options.Condition?.ImageFeatureCount ?? 0);
        var outputs = options.LatentSize * Posteriors.OutputsPerDimension(options.Posterior);
        // The last operation saves its output for its gradient, so it must not be overwritten later.
        var encoder = nn.Sequential(nn.Linear(Shape.Pixels + beside, 7), nn.GELU(), nn.Linear(7, outputs), nn.Tanh());
        var decoder = nn.Sequential(nn.Linear(options.LatentSize + features, 7), nn.Tanh(), nn.Linear(7, Shape.Pixels), nn.Softplus());
        Generator.Default.set_state(state);
        return new CustomModules(encoder, decoder);
    }

    private static bool Fits(string objective, ModelOptions options)
    {
        try
        {
            _ = new WeightedObjective(new() { Kind = objective }, options.Posterior == Posteriors.Point ? Probe.Point : Probe.Bound);
            return true;
        }
        catch (SettingsException)
        {
            return false;
        }
    }

    private static bool HasSeveralParameters(string likelihood)
    {
        using var created = Likelihoods.Create(likelihood, new LikelihoodContext(new ImageShape(1, 1, 1)));
        return created.ParametersPerValue > 1;
    }

    private static bool IsMixture(string prior)
    {
        try
        {
            using var model = LatentVariableModel.Create(new() { Shape = Shape, LatentSize = 1, Prior = prior });
            return model.Prior.Components is not null;
        }
        catch (SettingsException)
        {
            return false;
        }
    }

    /// <summary>Everything that asks for the density of such a prior.</summary>
    private static void AddMixtures(Dictionary<string, (ModelOptions, ObjectiveOptions)> variants, Preset preset, ModelOptions all)
    {
        foreach (var prior in Mixtures)
        {
            var (name, options) = ($"{preset.Name}, prior {prior}", all with { Prior = prior, PriorComponents = 5 });
            variants.Add(name, (options, preset.Objective));
            variants.Add($"{name}, one component", (options with { PriorComponents = 1 }, preset.Objective));
            variants.Add($"{name}, one dimension", (options with { LatentSize = 1 }, preset.Objective));
            variants.Add($"{name}, three draws",
                (options, preset.Objective with { Samples = 3, KlWeight = 0.5, ReconstructionWeight = 0.7 }));
            variants.Add($"{name}, gaussian-learned", (options with { Likelihood = "gaussian-learned" }, preset.Objective));
            variants.Add($"{name}, iwae", (options, new() { Kind = "iwae", Samples = 4 }));
            variants.Add($"{name}, capacity", (options, new() { Kind = "capacity", KlWeight = 3, Capacity = 50, Samples = 2 }));
            variants.Add(
                $"{name}, conv in colour",
                (options with { Shape = new ImageShape(3, 5, 4), Network = Small with { Kind = "conv", Channels = [3], Hidden = [7] } },
                    preset.Objective));
            variants.Add($"{name}, modules of a user", (options, preset.Objective));
        }
    }

    private static Dictionary<string, (ModelOptions, ObjectiveOptions)> Fill()
    {
        var variants = new Dictionary<string, (ModelOptions, ObjectiveOptions)>();
        foreach (var preset in Presets.All)
        {
            var options = preset.Model with
            {
                Shape = Shape,
                LatentSize = 3,
                Network = Small with { PriorHidden = preset.Model.Network.PriorHidden.Count > 0 ? [5] : [] },
                Condition = preset.Model.Condition?.For(Data(Shape)),
            };
            foreach (var likelihood in Likelihoods.Names)
                variants.Add($"{preset.Name}, {likelihood}", (options with { Likelihood = likelihood }, preset.Objective));
            variants.Add(
                $"{preset.Name}, conv",
                (options with { Network = options.Network with { Kind = "conv", Channels = [3, 4], Hidden = [7] } },
                        preset.Objective));
            foreach (var likelihood in Likelihoods.Names.Where(HasSeveralParameters))
            {
                variants.Add(
                    $"{preset.Name}, conv, {likelihood}",
                    (options with
                    {
                        Likelihood = likelihood,
                        Network = options.Network with { Kind = "conv", Channels = [3, 4], Hidden = [7] },
                    }, preset.Objective));
            }

            variants.Add(
                $"{preset.Name}, conv in colour",
                (options with
                {
                    Shape = ColorShape,
                    Network = options.Network with { Kind = "conv", Channels = [3], Hidden = [7] },
                    Condition = preset.Model.Condition?.For(Data(ColorShape)),
                }, preset.Objective));
            variants.Add($"{preset.Name}, modules of a user", (options, preset.Objective));
            foreach (var kind in Objectives.Names.Where(kind => kind != preset.Objective.Kind && Fits(kind, options)))
            {
                // Without the KL term nothing moves a prior: it has the one without parameters.
                var prior = kind == Objectives.Reconstruction ? Priors.Standard : options.Prior;
                variants.Add($"{preset.Name}, objective {kind}", (options with { Prior = prior }, new() { Kind = kind }));
            }

            if (preset.Objective.Kind == Objectives.Bound)
            {
                var importanceWeighted = new ObjectiveOptions { Kind = "iwae", Samples = 4 };
                variants.Add($"{preset.Name}, iwae", (options, importanceWeighted));
                variants.Add($"{preset.Name}, iwae of one draw", (options, importanceWeighted with { Samples = 1 }));
                variants.Add($"{preset.Name}, iwae, modules of a user", (options, importanceWeighted));
                var capacity = new ObjectiveOptions { Kind = "capacity", KlWeight = 3, ReconstructionWeight = 0.7 };
                variants.Add($"{preset.Name}, capacity to grow into", (options, capacity with { Capacity = 50 }));
                variants.Add($"{preset.Name}, beta-tc", (options, new() { Kind = "beta-tc", KlWeight = 6, ReconstructionWeight = 0.7 }));
                variants.Add($"{preset.Name}, capacity to shrink to", (options, capacity with { Capacity = 0.01, Samples = 2 }));
            }

            if (preset.Model.Condition is null && preset.Model.Posterior == Posteriors.Gaussian)
                AddMixtures(variants, preset, options);
            if (preset != Cvae.Preset)
                continue;
            AddConditions(variants, options, preset.Objective);
            AddBaselines(variants, options);
            foreach (var posterior in Posteriors.Names.Except(BuiltInPosteriors))
                variants.Add($"{preset.Name}, posterior {posterior}", (options with { Posterior = posterior }, preset.Objective));
            foreach (var kind in Networks.Names.Except([Networks.Perceptron, Networks.Convolutional]))
                variants.Add($"{preset.Name}, network {kind}",
                    (options with { Network = Small with { Kind = kind, Hidden = [6, 6] } }, preset.Objective));
            foreach (var activation in Activations.Names)
                variants.Add($"{preset.Name}, {activation}",
                    (options with { Network = Small with { Activation = activation } }, preset.Objective));
            foreach (var prior in Priors.Names.Except(Mixtures))
            {
                variants.Add($"{preset.Name}, prior {prior}", (options with { Prior = prior }, preset.Objective));
                variants.Add($"{preset.Name}, iwae, prior {prior}", (options with { Prior = prior }, new() { Kind = "iwae", Samples = 4 }));
                variants.Add($"{preset.Name}, beta-tc, prior {prior}",
                    (options with { Prior = prior }, new() { Kind = "beta-tc", KlWeight = 6 }));
            }

            variants.Add($"{preset.Name}, blind decoder", (options with { ConditionDecoder = false }, preset.Objective));
            variants.Add($"{preset.Name}, free bits", (options, preset.Objective with { FreeBits = 0.3, ReconstructionWeight = 0.7 }));
            variants.Add($"{preset.Name}, three draws",
                (options, preset.Objective with { Samples = 3, KlWeight = 0.5 }));
        }

        return variants;
    }
}
