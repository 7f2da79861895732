using System.Globalization;

namespace Elbo.Studio;

/// <summary>One bundled model: its configuration and its measured figures, without its weights.</summary>
/// <param name="Id">Its name in URLs, and the name of its folder.</param>
/// <param name="Configuration">How it was trained.</param>
/// <param name="Figures">Its figures on the test images.</param>
internal sealed record BundledModel(string Id, RunConfiguration Configuration, ModelFigures Figures)
{
    /// <summary>What the model is used to show.</summary>
    public ModelFamily Family => Figures.Family;

    /// <summary>The number of latent dimensions.</summary>
    public int LatentSize => Configuration.Model.LatentSize;

    /// <summary>Whether its latent space is a plane, i.e. has two dimensions.</summary>
    public bool HasPlane => LatentSize == 2;

    /// <summary>Whether it is an autoencoder: codes are points, and the loss has no KL term.</summary>
    public bool IsAutoencoder => Configuration.Model.Posterior == "point";

    /// <summary>Whether it is conditioned on a label.</summary>
    public bool HasLabel => Configuration.Model.Condition is LabelCondition;

    /// <summary>Whether the decoder sees the condition; false for a model without one.</summary>
    public bool DecoderSeesCondition => Configuration.Model.Condition is not null && Configuration.Model.ConditionDecoder;

    /// <summary>The prior: <c>standard</c>, <c>mean</c> or <c>mean-variance</c>.</summary>
    public string Prior => Configuration.Model.Prior ?? Priors.Standard;

    /// <summary>The name of the visible region that it is conditioned on; null for a model without that condition.</summary>
    public string? VisibleRegion => (Configuration.Model.Condition as RegionCondition)?.Visible;

    /// <summary>
    /// The weight of the KL term relative to that of the reconstruction term (beta): 0 for reconstruction only, infinity for KL only.
    /// </summary>
    public double KlWeight => IsAutoencoder
        ? 0
        : Configuration.Objective.KlWeight.Final / Configuration.Objective.ReconstructionWeight.Final;

    /// <summary><see cref="KlWeight"/> as text, for URLs and pages.</summary>
    public string KlWeightText => double.IsPositiveInfinity(KlWeight) ? "inf" : KlWeight.ToString(CultureInfo.InvariantCulture);

    /// <summary>The inverse of <see cref="KlWeight"/>: the weight of the reconstruction term relative to that of the KL term.</summary>
    public double ReconstructionWeight => 1 / KlWeight;
}
