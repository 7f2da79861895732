namespace Elbo;

/// <summary>What options leave open, taken from data.</summary>
public static class ModelOptionsCompletion
{
    /// <summary>The same options with what they leave open taken from data: shape, condition, likelihood and standardisation.</summary>
    /// <param name="options">The options.</param>
    /// <param name="data">The dataset a model is to be trained on.</param>
    /// <returns>Complete options.</returns>
    /// <exception cref="InputException">The data lacks the condition, or has a value that is not finite.</exception>
    /// <exception cref="SettingsException">The options are for values of another shape.</exception>
    public static ModelOptions For(this ModelOptions options, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(data);
        if (options.Shape != default && options.Shape != data.Shape)
            throw new SettingsException($"The options are for values of {options.Shape}, but {data.Name} has values of {data.Shape}.");
        var completed = options with { Shape = data.Shape, Condition = options.Condition?.For(data) };
        if (options.Likelihood is not null && options.Standardization is not null)
            return completed;
        var choice = LikelihoodChoice.For(data.Train);
        var likelihood = options.Likelihood ?? choice.Likelihood;
        return completed with
        {
            Likelihood = likelihood,
            // A likelihood that was asked for may need values as they are.
            Standardization = options.Standardization
                ?? (choice.Standardize && !Likelihoods.IsBounded(likelihood) ? Standardization.Of(data.Train) : null),
        };
    }

    /// <summary>The same options with a likelihood, and with size and prior normalised for a model without a code.</summary>
    /// <exception cref="SettingsException">A name does not exist.</exception>
    internal static ModelOptions Resolve(this ModelOptions options)
    {
        var resolved = options with
        {
            Likelihood = options.Likelihood is null
                ? options.Shape.Image is null ? Likelihoods.GaussianLearned : Likelihoods.Bernoulli
                : Likelihoods.NameOf(options.Likelihood),
            Posterior = Posteriors.NameOf(options.Posterior),
            Prior = options.Prior is null ? null : Priors.NameOf(options.Prior),
            Network = options.Network with
            {
                Kind = Networks.NameOf(options.Network.Kind),
                Activation = Activations.NameOf(options.Network.Activation),
            },
        };
        return resolved.Posterior == Posteriors.None ? resolved with { LatentSize = 0, Prior = Priors.Standard } : resolved;
    }

    /// <summary>Rejects resolved options that do not fit each other.</summary>
    /// <exception cref="SettingsException">They do not.</exception>
    internal static void Validate(this ModelOptions options)
    {
        var (condition, decoderIsConditioned) = (options.Condition, options.ConditionDecoder);
        if (options.Posterior == Posteriors.None)
            EnsurePredictable(options);
        else if (options.LatentSize is < 1 or > 4096)
            throw new SettingsException($"A code of {options.LatentSize} dimensions is not possible: choose between 1 and 4096.");
        if (options.Shape.Size < 1)
            throw new SettingsException("The model has no shape of values: give that of the data.");
        if (condition is null && !decoderIsConditioned)
            throw new SettingsException("The decoder's condition is switched off, but the model has no condition at all.");
        if (options.Network.ConditionSkip && (condition is null || !decoderIsConditioned))
            throw new SettingsException(
                "A skip connection goes from the condition to the image: it requires a condition that the decoder gets.");
        if (options.Standardization is { } standardization && standardization.Mean.Count != options.Shape.Size)
        {
            throw new SettingsException(
                $"The standardisation is of {standardization.Mean.Count} numbers, but the values are {options.Shape}: give one "
                + "mean for each number.");
        }

        condition?.Validate(options.Shape);
        options.Network.Validate();
    }

    private static void EnsurePredictable(ModelOptions options)
    {
        if (options.Condition is null || !options.ConditionDecoder)
            throw new SettingsException(
                "A model without a code predicts the image from the condition: give it one that the decoder gets.");
        if (options.LatentSize != 0 || options.Prior != Priors.Standard)
            throw new SettingsException("The posterior 'none' has a code of 0 dimensions and the prior 'standard'.");
    }
}
