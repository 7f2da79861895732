namespace Elbo;

/// <summary>The values x of a model as inputs and outputs of a graph: their preparation and the conversion to the data's units.</summary>
internal sealed class GraphValues(LatentVariableModel model, bool floatImages)
{
    private readonly ImageShape? _image = model.Shape.Image;
    private readonly Standardization? _standardization = model.Standardization;

    /// <summary>The name of values: <c>image</c> or <c>row</c>.</summary>
    public string Name => _image is null ? "row" : "image";

    /// <summary>Whether images are bytes.</summary>
    public bool AreBytes => _image is not null && !floatImages && _standardization is null && model.Binarization == Binarization.None;

    /// <summary>What the numbers of the input are.</summary>
    public string Units =>
        AreBytes ? "bytes, 0 for dark and 255 for bright"
        : model.Binarization != Binarization.None ? "zeros and ones"
        : _image is not null && _standardization is null ? "0 for dark to 1 for bright"
        : "the units of the data";

    /// <summary>An input of values, as the model sees them, <c>[batch, values]</c>.</summary>
    public GraphValue Input(GraphBuilder graph) => Input(graph, Name, Name);

    /// <summary>The same, of another name.</summary>
    public GraphValue Input(GraphBuilder graph, string name, string meaning)
    {
        long[] shape = _image is { } image ? [-1, image.Channels, image.Height, image.Width] : [-1, model.Shape.Size];
        var input = graph.Input(name, AreBytes ? GraphType.Byte : GraphType.Float, $"{meaning}: {Units}", shape);
        if (AreBytes)
            input = input.To(GraphType.Float) / byte.MaxValue;
        if (_image is not null)
            input = input.Reshape(-1, model.Shape.Size);
        return _standardization is { } moments ? Standardization.Describe(moments.Mean, moments.Deviation, input) : input;
    }

    /// <summary>Values as the model makes them, in the units of the data and in their shape.</summary>
    public GraphValue ToData(GraphValue values)
    {
        values = _standardization?.DescribeInverse(values) ?? values;
        return _image is { } image ? values.Reshape(-1, image.Channels, image.Height, image.Width) : values;
    }
}
