namespace Elbo;

/// <summary>The number of inputs or outputs of a layer, from sizes that a configuration may give as it likes.</summary>
internal static class LayerSize
{
    /// <summary>The product of sizes.</summary>
    /// <exception cref="SettingsException">It is more than a layer can have.</exception>
    public static int Of(params ReadOnlySpan<int> sizes)
    {
        decimal product = 1;
        foreach (var size in sizes)
            product *= size;
        return product <= int.MaxValue
            ? (int)product
            : throw new SettingsException(
                $"The settings of the model ask for a layer of {string.Join('x', sizes.ToArray())} values, which is more than fits into "
                + "memory: choose smaller ones.");
    }
}
