using System.Text.Json.Serialization.Metadata;

namespace Elbo;

/// <summary>A kind of condition, as <see cref="Conditions"/> knows it.</summary>
/// <param name="Name">Its name in configurations.</param>
/// <param name="Type">Its type.</param>
/// <param name="Create">Makes one with default settings; null for a kind that cannot be named without settings.</param>
/// <param name="Settings">How its settings are read and written; null for the kinds of this library.</param>
internal sealed record ConditionKind(string Name, Type Type, Func<Condition>? Create, IJsonTypeInfoResolver? Settings = null);
