namespace Elbo.Results;

/// <summary>The rows, in the order in which they are made. All that is in them is a setting any user has.</summary>
internal static class ResultRows
{
    private const string Binary = "--binarize dynamic --batch-size 200 --learning-rate 0.002 --learning-rate-schedule cosine "
        + "--kl-weight linear:0:1:5500 --averaging 0.999 --threads 1";
    private const string Wide = "--hidden 500,500 --activation silu";
    private const string FiveThousand = "--importance-samples 5000 --no-label-report";
    private const string Burda = "Published: Burda, Grosse and Salakhutdinov 2016, 3,280 epochs, batches of 20.";
    private const string Rerun = "Published: a public repetition of their experiments (nbip/IWAE) with a label, 3,280 epochs.";

    private static readonly ResultFigure Sampled = new("NLL, importance sampling", "importanceSampledNll");
    private static readonly ResultFigure Bound = new("-ELBO", "negativeElbo");
    private static readonly ResultFigure PriorDraws = new("NLL, prior Monte Carlo", "priorMonteCarloNll");
    private static readonly ResultFigure Predicted = new("-log p(x|c)", "reconstruction");

    public static IReadOnlyList<ResultRow> All { get; } =
    [
        new("A1", "VAE, grey pixels", "vae --validation 0 --epochs 10", Bound with { Published = 105.6, Target = 105.6 })
        {
            Seeds = [0, 1, 2],
            Remark = "Published for the plain recipe of PyTorch's example after 10 epochs, 784-400-20.",
        },
        new("B6", "VAE, k = 1", $"vae --latent 50 --hidden 200,200 --activation silu --epochs 500 {Binary}",
            Sampled with { Published = 86.76, Target = 86.76 })
        {
            Evaluate = FiveThousand,
            Remark = Burda,
        },
        new("B6-best", "VAE, k = 1, our best network", $"vae --latent 50 {Wide} --epochs 250 {Binary}",
            Sampled with { Published = 86.76, Target = 86.35 })
        {
            Evaluate = FiveThousand,
            Remark = Burda,
        },
        new("C1", "CVAE, label, learned p(z|c)", $"cvae --prior mean-variance --latent 50 {Wide} --epochs 250 {Binary}",
            Sampled with { Published = 82.32, Target = 82.32 })
        {
            Evaluate = FiveThousand,
            Remark = Rerun,
        },
    ];
}
