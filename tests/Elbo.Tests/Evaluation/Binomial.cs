namespace Elbo.Tests;

/// <summary>The binomial distribution by its definition, with logarithms of factorials added up one by one.</summary>
internal static class Binomial
{
    public static double[] Probabilities(int n, double p)
    {
        var logFactorial = new double[n + 1];
        for (var i = 2; i <= n; i++)
            logFactorial[i] = logFactorial[i - 1] + Math.Log(i);
        return
        [
            .. Enumerable.Range(0, n + 1).Select(k => Math.Exp(
                logFactorial[n] - logFactorial[k] - logFactorial[n - k] + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)))),
        ];
    }
}
