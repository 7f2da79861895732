namespace Elbo.Studio;

/// <summary>The names of the bundled models in the list of the generate view.</summary>
internal static class GenerateNames
{
    public static string Of(Strings strings, BundledModel model) => model switch
    {
        { Family: ModelFamily.Sliders } => strings["Ledger.Model.Vae", model.LatentSize],
        { Family: ModelFamily.Digits } => strings["Generate.Model.Cvae", model.LatentSize],
        { Family: ModelFamily.Completions } => strings["Generate.Model.Region", strings[$"Condition.Region.{model.VisibleRegion}"]],
        { Family: ModelFamily.LabelPriors } => strings[
            "Generate.Model.Labels",
            strings[model.Prior switch
            {
                Priors.Standard => "Condition.Prior.Standard",
                Priors.Mean => "Condition.Prior.Mean",
                _ => "Condition.Prior.MeanVariance",
            }],
            strings[model.DecoderSeesCondition ? "Condition.Decoder.With" : "Condition.Decoder.Without"]],
        { IsAutoencoder: true } => strings["Common.Beta.OnlyReconstruction"],
        { KlWeight: double.PositiveInfinity } => strings["Common.Beta.OnlyKl"],
        _ => strings["Ledger.Model.Beta", model.KlWeightText],
    };
}
