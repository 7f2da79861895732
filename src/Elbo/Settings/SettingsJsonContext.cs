using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// The generated code that reads and writes settings and records without reflection, also in a trimmed or native program. A new property
/// needs nothing here; a new type of JSON is one line, and one in <see cref="SettingsDefaults"/> if it has init properties.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RunConfiguration))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CalibrationRecord))]
[JsonSerializable(typeof(ImportDescription))]
[JsonSerializable(typeof(LabelCondition))]
[JsonSerializable(typeof(AttributesCondition))]
[JsonSerializable(typeof(RegionCondition))]
[JsonSerializable(typeof(JoinedCondition))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
