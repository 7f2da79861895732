namespace Elbo;

/// <summary>The error of a part of a model that does not describe its operations.</summary>
internal static class NotDescribed
{
    public static SettingsException Of(object part, string method) => new(
        $"{part.GetType().Name} cannot be exported, because it does not describe its operations: override {method}.");
}
