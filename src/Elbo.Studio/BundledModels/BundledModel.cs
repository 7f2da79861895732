namespace Elbo.Studio;

/// <summary>One bundled model: its configuration and its measured figures, without its weights.</summary>
/// <param name="Id">Its name in addresses, and that of its folder.</param>
/// <param name="Configuration">How it was trained.</param>
/// <param name="Figures">What was measured of it.</param>
internal sealed record BundledModel(string Id, RunConfiguration Configuration, ModelFigures Figures)
{
    /// <summary>What it is there to show.</summary>
    public ModelFamily Family => Figures.Family;

    /// <summary>The number of latent dimensions.</summary>
    public int LatentSize => Configuration.Model.LatentSize;

    /// <summary>Whether its codes lie in a plane.</summary>
    public bool HasPlane => LatentSize == 2;

    /// <summary>Whether it is an autoencoder: codes are points, and there is no KL term.</summary>
    public bool IsAutoencoder => Configuration.Model.Posterior == "point";

    /// <summary>Whether it is conditioned on a label.</summary>
    public bool HasLabel => Configuration.Model.Condition is LabelCondition;

    /// <summary>Whether the decoder sees the condition; false where there is none.</summary>
    public bool DecoderSeesCondition => Configuration.Model.Condition is not null && Configuration.Model.ConditionDecoder;

    /// <summary>The prior: <c>standard</c>, <c>mean</c> or <c>mean-variance</c>.</summary>
    public string Prior => Configuration.Model.Prior ?? Priors.Standard;

    /// <summary>The region that it sees, by its name; null for a model without that condition.</summary>
    public string? VisibleRegion => (Configuration.Model.Condition as RegionCondition)?.Visible;

    /// <summary>
    /// The weight on the KL where the reconstruction has the weight one: 0 for reconstruction only, infinity for KL only. Its inverse is the weight
    /// on the reconstruction where the KL has the weight one.
    /// </summary>
    public double KlWeight => IsAutoencoder ? 0 : Configuration.Objective.KlWeight.Final / Configuration.Objective.ReconstructionWeight.Final;

    /// <summary>The same trade the other way round: the weight on the reconstruction where the KL has the weight one.</summary>
    public double ReconstructionWeight => 1 / KlWeight;
}
