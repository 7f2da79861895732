using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML.Mappings;

/// <summary>Adds the key 0 to each row, by which ML.NET's value mapping, which it saves, adds the text of the model.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class KeyMapping : CustomMappingFactory<NoColumns, KeyMapping.Row>
{
    public const string Contract = "Elbo.Key";

    public override Action<NoColumns, Row> GetMapping() => (_, row) => row.Key = 0;

    internal sealed class Row
    {
        [ColumnName(ColumnNames.Key)]
        public uint Key { get; set; }
    }
}
