namespace Elbo.ML.Mappings;

/// <summary>The columns between the transformers that an <see cref="ElboTransformer"/> is made of; the last of them drops these.</summary>
internal static class ColumnNames
{
    public const string Key = "Elbo.Key";
    public const string Model = "Elbo.Model";
    public const string Input = "Elbo.Input";
    public const string WholeCode = "Elbo.WholeCode";
    public const string CodePart = "Elbo.CodePart";
    public const string NegativeElbo = "Elbo.NegativeElbo";
    public const string IsAnomaly = "Elbo.IsAnomaly";
}
