namespace Elbo.Story;

/// <summary>The features of a label: a one at its place, else zeros.</summary>
internal static class OneHot
{
    /// <summary>The features of one of <paramref name="count"/> labels.</summary>
    public static double[] Of(int label, int count)
    {
        var features = new double[count];
        features[label] = 1;
        return features;
    }
}
