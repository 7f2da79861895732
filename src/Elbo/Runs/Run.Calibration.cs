namespace Elbo;

/// <content>Anomalies: the score of an example, and the threshold above which it counts as one.</content>
public sealed partial class Run
{
    /// <summary>
    /// Scores examples as the thresholds of this run are for: with the number of draws, the seed and the binarisation of its configuration.
    /// </summary>
    /// <param name="examples">The examples.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>One score per example, in their order; see <see cref="ExampleScore.ToAnomalyScore"/>.</returns>
    /// <exception cref="InputException">The examples lack the condition.</exception>
    /// <exception cref="ArgumentException">The examples are null, or their values do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public IReadOnlyList<ExampleScore> Score(ExampleSet examples, CancellationToken cancellationToken = default) => GenerativeModel.Score(
        examples, _configuration.Objective.Samples, _configuration.Training.Seed, _configuration.Data.Binarize, cancellationToken);

    /// <summary>
    /// Finds the threshold for anomalies at a false-positive rate (<see cref="AnomalyCalibration.FindThreshold"/>). Nothing is written:
    /// <see cref="RunDirectory.WriteCalibration"/> keeps the result in the run.
    /// </summary>
    /// <param name="normal">
    /// Normal examples that the model was not trained on. Where the best epoch was chosen on them, they are slightly less exchangeable
    /// with new examples than others.
    /// </param>
    /// <param name="falsePositiveRate">The rate, between 0 and 1.</param>
    /// <param name="data">What the examples are, in words; null for nothing.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <returns>The threshold, and the scores that it is for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    /// <exception cref="SettingsException">There are too few examples for the rate.</exception>
    /// <exception cref="InputException">
    /// The examples lack the condition, or the run has other weights since it was opened.
    /// </exception>
    /// <exception cref="NotFiniteException">A score is not a finite number.</exception>
    /// <exception cref="InvalidOperationException">The run was opened with other weights than the best.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public CalibrationRecord Calibrate(
        ExampleSet normal, double falsePositiveRate, string? data = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(normal);
        _ = AnomalyCalibration.MinimumCount(falsePositiveRate);
        if (_weights.Path != _directory.BestWeightsPath)
            throw new InvalidOperationException($"The run {Folder} was opened with other weights than its best, which a threshold is for.");
        var scores = Score(normal, cancellationToken);
        if (!scores.All(score => double.IsFinite(score.ToAnomalyScore())))
            throw new NotFiniteException($"A score of the run {Folder} on these examples is not finite, so there is no threshold.");
        var threshold = AnomalyCalibration.FindThreshold(scores.Select(score => score.ToAnomalyScore()), falsePositiveRate);
        var hash = _directory.HashWeights();
        if (hash is null || !_weights.AreCurrent)
            throw new InputException($"The run {Folder} has other weights now than when it was opened: open it again.");
        return new CalibrationRecord
        {
            Threshold = threshold,
            Score = scores[0].NegativeElbo is null ? "reconstruction" : "negativeElbo",
            Samples = _configuration.Objective.Samples,
            Seed = _configuration.Training.Seed,
            Binarize = _configuration.Data.Binarize,
            Data = data,
            DataSha256 = normal.Sha256,
            WeightsSha256 = hash,
        };
    }

    /// <summary>
    /// The threshold that was kept in the run; null if there is none, or it is not for the scores that the run gives now
    /// (<see cref="FindStaleness"/>).
    /// </summary>
    /// <exception cref="InputException">calibration.json cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public AnomalyThreshold? ReadThreshold()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _directory.ReadCalibration() is { } record && FindStaleness(record) is null ? record.Threshold : null;
    }

    /// <summary>Why a calibration is not for the scores that the run gives now.</summary>
    /// <param name="record">The calibration.</param>
    /// <returns>One sentence; null if it is for them.</returns>
    /// <exception cref="ObjectDisposedException">The run is disposed.</exception>
    public string? FindStaleness(CalibrationRecord record)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(record);
        if (record.WeightsSha256 != _directory.HashWeights())
            return $"The calibration of the run {Folder} was made with other weights than it has now: calibrate it again.";
        var current = (_configuration.Objective.Samples, _configuration.Training.Seed, _configuration.Data.Binarize);
        return (record.Samples, record.Seed, record.Binarize) == current
            ? null
            : $"The calibration of the run {Folder} was made with another number of draws, seed or binarisation than its config.json has "
                + "now: calibrate it again.";
    }
}
