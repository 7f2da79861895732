using System.ComponentModel;

namespace Elbo.Server;

/// <summary>The part that requests have in common: the condition of each example.</summary>
internal abstract record ConditionedRequest
{
    [Description("The label of each example, or one for all; for a model that is conditioned on labels.")]
    public int[]? Labels { get; init; }

    [Description("The attributes of each example, or one row for all; in the units of the data.")]
    public double[][]? Attributes { get; init; }
}

/// <summary>A request with examples: rows of numbers or pictures.</summary>
internal abstract record ExampleRequest : ConditionedRequest
{
    [Description("A row of numbers for each example: pixels channel by channel and row by row, from 0 for dark to 1 for bright, "
        + "or values in the units of the data.")]
    public float[][]? Values { get; init; }

    [Description("In place of values, a picture of the model's size for each example: a PNG, JPEG, WebP, BMP or GIF file in base64.")]
    public byte[][]? Images { get; init; }
}

/// <summary>What <c>encode</c> takes.</summary>
internal sealed record EncodeRequest : ExampleRequest;

/// <summary>What <c>score</c> takes.</summary>
internal sealed record ScoreRequest : ExampleRequest
{
    [Description("The seed of the draws of z; by default that of the threshold, or 0.")]
    public ulong? Seed { get; init; }

    [Description("The draws of z over which a score is averaged; by default those of the threshold, or 1.")]
    public int? Draws { get; init; }
}

/// <summary>What <c>sample</c> takes.</summary>
internal sealed record SampleRequest : ConditionedRequest
{
    [Description("The number of samples; by default the number of labels or attributes, or 1.")]
    public int? Count { get; init; }

    [Description("The seed, by default a new one, which the answer names; the same seed gives the same samples.")]
    public ulong? Seed { get; init; }

    [Description("For a model that completes examples: one whose visible part is the condition. What is hidden is null, and not read.")]
    public float?[]? Visible { get; init; }
}

/// <summary>What <c>decode</c> takes.</summary>
internal sealed record DecodeRequest : ConditionedRequest
{
    [Description("A code z for each example.")]
    public float[][]? Codes { get; init; }

    [Description("For a model that completes examples: one whose visible part is the condition. What is hidden is null, and not read.")]
    public float?[]? Visible { get; init; }
}

/// <summary>What <c>complete</c> takes.</summary>
internal sealed record CompleteRequest : ConditionedRequest
{
    [Description("The example: a number for each value. What is hidden is null, and not read.")]
    public float?[]? Values { get; init; }

    [Description("In place of values, a picture of the model's size in base64; its hidden part is not read.")]
    public byte[]? Image { get; init; }

    [Description("The number of completions; by default 1.")]
    public int? Count { get; init; }

    [Description("The seed, by default a new one, which the answer names.")]
    public ulong? Seed { get; init; }
}
