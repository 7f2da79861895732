using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Elbo.ML.Mappings;

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "1")]
internal sealed class CodePart1Mapping : CodePartMapping<CodePart1>;

internal sealed class CodePart1 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "1"), VectorType(1)]
    public float[] Numbers { get; set; } = new float[1];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "2")]
internal sealed class CodePart2Mapping : CodePartMapping<CodePart2>;

internal sealed class CodePart2 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "2"), VectorType(2)]
    public float[] Numbers { get; set; } = new float[2];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "4")]
internal sealed class CodePart4Mapping : CodePartMapping<CodePart4>;

internal sealed class CodePart4 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "4"), VectorType(4)]
    public float[] Numbers { get; set; } = new float[4];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "8")]
internal sealed class CodePart8Mapping : CodePartMapping<CodePart8>;

internal sealed class CodePart8 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "8"), VectorType(8)]
    public float[] Numbers { get; set; } = new float[8];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "16")]
internal sealed class CodePart16Mapping : CodePartMapping<CodePart16>;

internal sealed class CodePart16 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "16"), VectorType(16)]
    public float[] Numbers { get; set; } = new float[16];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "32")]
internal sealed class CodePart32Mapping : CodePartMapping<CodePart32>;

internal sealed class CodePart32 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "32"), VectorType(32)]
    public float[] Numbers { get; set; } = new float[32];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "64")]
internal sealed class CodePart64Mapping : CodePartMapping<CodePart64>;

internal sealed class CodePart64 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "64"), VectorType(64)]
    public float[] Numbers { get; set; } = new float[64];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "128")]
internal sealed class CodePart128Mapping : CodePartMapping<CodePart128>;

internal sealed class CodePart128 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "128"), VectorType(128)]
    public float[] Numbers { get; set; } = new float[128];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "256")]
internal sealed class CodePart256Mapping : CodePartMapping<CodePart256>;

internal sealed class CodePart256 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "256"), VectorType(256)]
    public float[] Numbers { get; set; } = new float[256];
}

[CustomMappingFactoryAttribute(ColumnNames.CodePart + "512")]
internal sealed class CodePart512Mapping : CodePartMapping<CodePart512>;

internal sealed class CodePart512 : ICodePart
{
    [ColumnName(ColumnNames.CodePart + "512"), VectorType(512)]
    public float[] Numbers { get; set; } = new float[512];
}
