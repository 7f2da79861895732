namespace Elbo;

/// <summary>The terms of one example, in nats. A high <see cref="NegativeElbo"/> marks an anomaly.</summary>
/// <param name="NegativeElbo">-ELBO = reconstruction + KL; null for a model without a KL term.</param>
/// <param name="Reconstruction">-E_q[log p(x|z,c)].</param>
/// <param name="Kl">KL(q(z|x,c) || p(z|c)); null for a model without that term.</param>
public readonly record struct ExampleScore(double? NegativeElbo, double Reconstruction, double? Kl)
{
    /// <summary>
    /// The number, in nats, by which anomalies are found: <see cref="NegativeElbo"/>, or <see cref="Reconstruction"/> for a model without
    /// a KL term. High for anomalies.
    /// </summary>
    public double ToAnomalyScore() => NegativeElbo ?? Reconstruction;

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(ExampleScore), PrintMembers);
}
