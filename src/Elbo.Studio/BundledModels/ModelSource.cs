using System.Globalization;
using System.Text;

namespace Elbo.Studio;

/// <summary>How to train a bundled model oneself: as a command, and as C#.</summary>
internal static class ModelSource
{
    /// <summary>The library in a checkout, from its top folder.</summary>
    internal const string Project = "src/Elbo/Elbo.csproj";

    /// <summary>The command that trains the model.</summary>
    public static string Command(BundledModel model)
    {
        var (configuration, training, network) = (model.Configuration, model.Configuration.Training, model.Configuration.Model.Network);
        var command = new StringBuilder("elbo train ").Append(Preset(model));
        if (configuration.Model.Condition is RegionCondition region)
            command.Append(" --condition ").Append(region.Visible);
        Append("--latent", model.LatentSize);
        Append("--hidden", string.Join(',', network.Hidden));
        if (network.PriorHidden.Count > 0)
            Append("--prior-hidden", string.Join(',', network.PriorHidden));
        if (configuration.Model.Condition is not null)
            Append("--prior", model.Prior);
        if (configuration.Model is { Condition: not null, ConditionDecoder: false })
            command.Append(" --no-decoder-condition");
        if (configuration.Objective.KlWeight.Final != 1 && !model.IsAutoencoder)
            Append("--kl-weight", configuration.Objective.KlWeight.Final);
        if (configuration.Objective.ReconstructionWeight.Final != 1)
            Append("--reconstruction-weight", configuration.Objective.ReconstructionWeight.Final);
        Append("--epochs", training.Epochs!.Value);
        Append("--batch-size", training.BatchSize);
        Append("--learning-rate", training.LearningRate);
        Append("--learning-rate-schedule", training.LearningRateSchedule);
        Append("--validation", configuration.Data.Validation ?? 0);
        Append("--threads", 1);
        Append("--seed", training.Seed);
        return command.ToString();

        void Append(string option, object value) =>
            command.Append(' ').Append(option).Append(' ').Append(Convert.ToString(value, CultureInfo.InvariantCulture));
    }

    /// <summary>The first lines of a program in one file, until there are packages: how to run it, and what it needs.</summary>
    /// <param name="name">The name of the file without its extension.</param>
    public static string Header(string name) =>
        $"""
        // Save this as {name}.cs in a checkout of Elbo, and run there: dotnet run -c Release --file {name}.cs
        #:project {Project}
        #:property UseCurrentRuntimeIdentifier=true
        #:property RestorePackagesWithLockFile=false
        using Elbo;
        """;

    /// <summary>A program in one file that trains the model and saves images from it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="images">The C# expression for the images.</param>
    public static string Code(BundledModel model, string images)
    {
        var training = model.Configuration.Training;
        var (type, condition) = model.Configuration.Model.Condition switch
        {
            LabelCondition labels => ("Cvae", FormattableString.Invariant($", Condition.Label({labels.Count})")),
            RegionCondition region => ("Cvae", $", Condition.Region(\"{region.Visible}\", mnist.Shape.Image!.Value)"),
            _ when model.IsAutoencoder => ("Autoencoder", ""),
            _ => ("Vae", ""),
        };
        return FormattableString.Invariant(
            $$"""
            {{Header(model.Id)}}

            var mnist = Mnist.Load();
            using var model = {{type}}.Create(mnist.Shape{{condition}}, o => o with { {{Options(model)}} });
            new Trainer(model, new()
            {
                Epochs = {{training.Epochs}},
                BatchSize = {{training.BatchSize}},
                LearningRate = {{training.LearningRate}},
                LearningRateSchedule = "{{training.LearningRateSchedule}}",
                Validation = 0,{{Objective(model)}}
                Seed = {{training.Seed}},
            }).Fit(mnist);
            ImageGrid.Save("images.png", {{images}});
            """);
    }

    private static string Preset(BundledModel model) => model switch
    {
        { IsAutoencoder: true } => "ae",
        { Configuration.Model.Condition: not null } => "cvae",
        _ => "vae",
    };

    private static string Options(BundledModel model)
    {
        var network = model.Configuration.Model.Network;
        var hidden = $"Hidden = [{string.Join(", ", network.Hidden)}]"
            + (network.PriorHidden.Count > 0 ? $", PriorHidden = [{string.Join(", ", network.PriorHidden)}]" : "");
        var options = FormattableString.Invariant($"LatentSize = {model.LatentSize}, Network = new() {{ {hidden} }}");
        if (model.Configuration.Model.Condition is not null)
            options += $", Prior = \"{model.Prior}\"" + (model.DecoderSeesCondition ? "" : ", ConditionDecoder = false");
        return options;
    }

    private static string Objective(BundledModel model)
    {
        if (model.IsAutoencoder)
            return "";
        return model.KlWeight switch
        {
            1 => "",
            double.PositiveInfinity => "\n    Objective = new() { ReconstructionWeight = 0 },",
            var weight => FormattableString.Invariant($"\n    Objective = new() {{ KlWeight = {weight} }},"),
        };
    }
}
