namespace Elbo.Inference;

/// <summary>The inputs that graphs have, by their names.</summary>
internal enum InputKind
{
    Values,
    Visible,
    Label,
    Attributes,
    Code,
    Epsilon,
}
