namespace Elbo.Server;

/// <summary>Computes the slices of a batch in one pass of the model; the memory between them is used again by the next batch.</summary>
internal sealed class Batch(InferenceModel model)
{
    private readonly Gathered<float> _values = new(job => job.Values);
    private readonly Gathered<float> _visible = new(job => job.Visible);
    private readonly Gathered<int> _labels = new(job => job.Labels);
    private readonly Gathered<double> _attributes = new(job => job.Attributes);
    private readonly Gathered<float> _codes = new(job => job.Codes);
    private readonly Gathered<float> _epsilon = new(job => job.Epsilon);
    private float[]?[] _results = [];

    /// <summary>Computes slices of jobs of one operation, with the same inputs and results.</summary>
    public void Run(IReadOnlyList<BatchSlice> slices)
    {
        if (slices is [var only])
        {
            Run(
                only.Job.Operation,
                new()
                {
                    Values = only.Of(only.Job.Values),
                    Visible = only.Of(only.Job.Visible),
                    Labels = only.Of(only.Job.Labels),
                    Attributes = only.Of(only.Job.Attributes),
                    Codes = only.Of(only.Job.Codes),
                    Epsilon = only.Of(only.Job.Epsilon),
                },
                only.Of(Result(only.Job.Results, 0)),
                only.Of(Result(only.Job.Results, 1)));
            return;
        }

        var rows = slices.Sum(slice => slice.Count);
        var first = slices[0].Job;
        var results = first.Results.Length;
        if (_results.Length < results)
            _results = new float[]?[results];
        for (var i = 0; i < results; i++)
            Reserve(ref _results[i], rows * (first.Results[i].Length / first.Count));
        Run(
            first.Operation,
            new()
            {
                Values = _values.Of(slices),
                Visible = _visible.Of(slices),
                Labels = _labels.Of(slices),
                Attributes = _attributes.Of(slices),
                Codes = _codes.Of(slices),
                Epsilon = _epsilon.Of(slices),
            },
            Room(0),
            Room(1));
        for (var i = 0; i < results; i++)
            Scatter(slices, i);

        Span<float> Room(int index) => index < results ? _results[index].AsSpan(0, rows * (first.Results[index].Length / first.Count)) : [];
    }

    private void Run(ModelOperation operation, in ModelInputs inputs, Span<float> first, Span<float> second)
    {
        switch (operation)
        {
            case ModelOperation.Sample:
                model.Sample(inputs, first);
                break;
            case ModelOperation.Decode:
                model.Decode(inputs, first);
                break;
            case ModelOperation.Encode:
                model.Encode(inputs, first, second);
                break;
            default:
                model.Score(inputs, first, second);
                break;
        }
    }

    private void Scatter(IReadOnlyList<BatchSlice> slices, int index)
    {
        var start = 0;
        foreach (var slice in slices)
        {
            var part = slice.Of(slice.Job.Results[index]);
            _results[index].AsSpan(start, part.Length).CopyTo(part);
            start += part.Length;
        }
    }

    private static float[] Result(float[][] results, int index) => index < results.Length ? results[index] : [];

    private static void Reserve<T>(ref T[]? array, int length)
    {
        if (array is null || array.Length < length)
            array = new T[length];
    }

    /// <summary>An input of all slices, one after the other.</summary>
    private sealed class Gathered<T>(Func<ModelJob, T[]> input)
    {
        private T[]? _numbers;

        public ReadOnlySpan<T> Of(IReadOnlyList<BatchSlice> slices)
        {
            Reserve(ref _numbers, slices.Sum(slice => slice.Of(input(slice.Job)).Length));
            var start = 0;
            foreach (var slice in slices)
            {
                var part = slice.Of(input(slice.Job));
                part.CopyTo(_numbers.AsSpan(start));
                start += part.Length;
            }

            return _numbers.AsSpan(0, start);
        }
    }
}
