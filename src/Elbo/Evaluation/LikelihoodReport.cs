namespace Elbo;

/// <summary>Three estimates of -log p(x|c) from the same number of draws; each is an upper bound in expectation.</summary>
public sealed record LikelihoodReport
{
    /// <summary>The number of examples.</summary>
    public required int Examples { get; init; }

    /// <summary>
    /// -ELBO = -1/K Σ_k log p(x|z_k,c) + KL(q(z|x,c) || p(z|c)), with z_k from q(z|x,c); where the KL has no closed form it is
    /// 1/K Σ_k [ log q(z_k|x,c) - log p(z_k|c) ].
    /// </summary>
    public required LikelihoodEstimate NegativeElbo { get; init; }

    /// <summary>The first term of <see cref="NegativeElbo"/> alone.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>-log 1/K Σ_k p(x|z_k,c) p(z_k|c) / q(z_k|x,c), with z_k from q(z|x,c).</summary>
    public required LikelihoodEstimate ImportanceSampling { get; init; }

    /// <summary>-log 1/K Σ_k p(x|z_k,c), with z_k from p(z|c).</summary>
    public required LikelihoodEstimate PriorMonteCarlo { get; init; }

    /// <summary>The values with their names, by the invariant culture.</summary>
    public override string ToString() => RecordText.Of(nameof(LikelihoodReport), PrintMembers);
}
