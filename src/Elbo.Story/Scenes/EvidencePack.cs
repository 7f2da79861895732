namespace Elbo.Story;

/// <summary>
/// The pack <c>grid</c> of the fourth scene: for one digit of each label log p(x|z) around its posterior, log p(x) and the terms of the
/// bound.
/// </summary>
internal static class EvidencePack
{
    /// <summary>The name of the pack.</summary>
    public const string Name = "grid";

    // exp(-400) is nothing beside the peak: what is lower is kept as this.
    private const double Depth = 400;

    /// <summary>
    /// One digit of each label among MNIST's, whose posteriors the fine grid holds: the encoder is off by 0.4 to 1.3 nats, where half of
    /// all digits have less than 1.4.
    /// </summary>
    public static IReadOnlyList<int> BundledDigits { get; } = [13, 39, 1, 112, 24, 45, 91, 17, 146, 113];

    /// <summary>Computes the pack.</summary>
    /// <param name="model">A model with two latent dimensions, a Gaussian posterior and the prior N(0, I).</param>
    /// <param name="digits">The digits in the page.</param>
    /// <param name="chosen">Which of them the scene begins with.</param>
    public static Pack Of(StoryModel model, StoryDigits digits, IReadOnlyList<int> chosen)
    {
        var found = Evidence.Of(model, [.. chosen.Select(digits.Binary)]);
        var maxima = found.Select(each => each.LogLikelihoods.Max()).ToArray();
        double[] relative =
        [
            .. found.SelectMany((each, index) => each.LogLikelihoods.Select(value => Math.Max(-Depth, value - maxima[index]))),
        ];
        List<PackTensor> tensors =
        [
            PackTensor.OfShorts("grid.digits", [.. chosen.Select(index => (short)index)], chosen.Count),
            PackTensor.OfFloats("grid.max", [.. maxima.Select(value => (float)value)], chosen.Count),
            Rows("grid.window", each => [each.Window.Left, each.Window.Bottom, each.Window.Width, each.Window.Height]),
            Rows("grid.logEvidence", each => [each.LogEvidence]),
            Rows("grid.elbo", each => [each.Bound]),
            Rows("grid.reconstruction", each => [each.Reconstruction]),
            Rows("grid.kl", each => [each.Kl]),
            Rows("grid.gap", each => [each.Gap]),
            Rows("grid.posterior", each =>
            [
                each.Posterior.MeanX, each.Posterior.MeanY,
                each.Posterior.DeviationX, each.Posterior.DeviationY, each.Posterior.Correlation,
            ]),
        ];
        ScaledShorts.Add(tensors, "grid.fine", relative, chosen.Count, relative.Length / chosen.Count);
        return new Pack(Name, tensors, new Dictionary<string, string> { ["model"] = model.Id });

        PackTensor Rows(string name, Func<Evidence, double[]> row)
        {
            float[] values = [.. found.SelectMany(row).Select(value => (float)value)];
            var columns = values.Length / chosen.Count;
            return columns == 1
                ? PackTensor.OfFloats(name, values, chosen.Count)
                : PackTensor.OfFloats(name, values, chosen.Count, columns);
        }
    }
}
