using System.Globalization;

namespace Elbo;

/// <summary>The likelihood that fits the values of a set, and why: what a model takes where none is asked for.</summary>
/// <param name="Likelihood">Its name.</param>
/// <param name="Standardize">Whether the values are standardised.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record LikelihoodChoice(string Likelihood, bool Standardize, string Reason)
{
    /// <summary>
    /// The binarity (<see cref="ValueStatistics.Binarity"/>) from which images count as nearly binary; that of MNIST is 0.84.
    /// </summary>
    private const double NearlyBinary = 0.75;

    /// <summary>Chooses by the values of a set.</summary>
    /// <param name="data">The set, usually the training split.</param>
    /// <returns>A Bernoulli for values that are zeros and ones or nearly so, else a Gaussian whose sigma is learned.</returns>
    /// <exception cref="InputException">A value is not a finite number.</exception>
    public static LikelihoodChoice For(ExampleSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var statistics = data.Statistics;
        var isUnit = statistics is { Min: >= 0, Max: <= 1 };
        var binarity = statistics.Binarity.ToString("0.00", CultureInfo.InvariantCulture);
        if (isUnit && data.Shape.Image is not null)
        {
            return statistics.Binarity >= NearlyBinary || double.IsNaN(statistics.Binarity)
                ? new(Likelihoods.Bernoulli, false, $"The values are zeros and ones or nearly so (binarity {binarity}): a Bernoulli.")
                : new(Likelihoods.GaussianLearned, false, $"The values are grey (binarity {binarity}): a Gaussian whose sigma is learned.");
        }

        return isUnit && statistics.Binarity > 1 - 1e-9
            ? new(Likelihoods.Bernoulli, false, "The values are zeros and ones: a Bernoulli.")
            : new(
                Likelihoods.GaussianLearned,
                true,
                "The values are real numbers: a Gaussian whose sigmas are learned, of standardised values.");
    }
}
