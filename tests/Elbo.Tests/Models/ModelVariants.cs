using TorchSharp;
using static TorchSharp.torch;

namespace Elbo.Tests;

/// <summary>One small model for each choice the family offers, for the contract that all must keep.</summary>
internal static class ModelVariants
{
    public static readonly ImageShape Shape = new(1, 6, 5);
    private const int Labels = 3;

    public static IEnumerable<string> Names => All.Keys;

    private static readonly NetworkOptions Small = new() { Hidden = [7, 6], Activation = "tanh" };

    private static readonly NetworkOptions Convolutions = Small with { Kind = "conv", Channels = [3, 4], Hidden = [7] };

    private static readonly Dictionary<string, (ModelOptions Options, ObjectiveOptions Objective)> All = Fill();

    public static (LatentVariableModel Model, ObjectiveOptions Objective) Create(string name, ulong seed = 1)
    {
        var (options, objective) = All[name];
        if (name.EndsWith("modules of a user", StringComparison.Ordinal))
            options = WithOwnModules(options, seed);
        return (LatentVariableModel.Create(options, seed, objective), objective);
    }

    // Made anew for each model, which disposes them. They draw their weights from the global generator, which is seeded and put back.
    private static ModelOptions WithOwnModules(ModelOptions options, ulong seed)
    {
        using var state = Generator.Default.get_state();
        random.manual_seed((long)seed);
        var features = options.Condition?.FeatureCount ?? 0;
        var outputs = options.LatentSize * Encoders.OutputsPerDimension(options.Posterior);
        // The last operation keeps what it answers for its gradient, so nobody after it may overwrite that.
        var encoder = nn.Sequential(nn.Linear(Shape.Pixels + features, 7), nn.GELU(), nn.Linear(7, outputs), nn.Tanh());
        var decoder = nn.Sequential(nn.Linear(options.LatentSize + features, 7), nn.Tanh(), nn.Linear(7, Shape.Pixels), nn.Softplus());
        Generator.Default.set_state(state);
        return options with { CustomEncoder = encoder, CustomDecoder = decoder };
    }

    private static bool HasSeveralParameters(string likelihood)
    {
        using var created = Likelihoods.Create(likelihood, null);
        return created.ParametersPerValue > 1;
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
                Network = Small,
                Condition = preset.IsConditionedOnLabel ? Condition.Label(Labels) : null,
            };
            foreach (var likelihood in Likelihoods.Names)
                variants.Add($"{preset.Name}, {likelihood}", (options with { Likelihood = likelihood }, preset.Objective));
            variants.Add(
                $"{preset.Name}, conv",
                (options with { Network = Convolutions }, preset.Objective));
            foreach (var likelihood in Likelihoods.Names.Where(HasSeveralParameters))
            {
                variants.Add(
                    $"{preset.Name}, conv, {likelihood}",
                    (options with { Likelihood = likelihood, Network = Convolutions }, preset.Objective));
            }

            variants.Add(
                $"{preset.Name}, conv in colour",
                (options with { Shape = new ImageShape(3, 5, 4), Network = Small with { Kind = "conv", Channels = [3], Hidden = [7] } }, preset.Objective));
            variants.Add($"{preset.Name}, modules of a user", (options, preset.Objective));
            if (!preset.IsConditionedOnLabel)
                continue;
            foreach (var activation in Activations.Names)
                variants.Add($"{preset.Name}, {activation}", (options with { Network = Small with { Activation = activation } }, preset.Objective));
            foreach (var prior in Priors.Names)
                variants.Add($"{preset.Name}, prior {prior}", (options with { Prior = prior }, preset.Objective));
            variants.Add($"{preset.Name}, blind decoder", (options with { ConditionDecoder = false }, preset.Objective));
            variants.Add($"{preset.Name}, free bits", (options, preset.Objective with { FreeBits = 0.3, ReconstructionWeight = 0.7 }));
            variants.Add($"{preset.Name}, three draws", (options, preset.Objective with { Samples = 3, KlWeight = 0.5 }));
        }

        return variants;
    }
}
