using System.Net.Http.Headers;

namespace Elbo.Server.Tests;

/// <summary>Requests at the same time: batched, each with its own results, and given up when nobody waits for them.</summary>
public sealed class BatchQueueTests : IDisposable
{
    private readonly ServedModelsFixture _served;
    private readonly InferenceModel _model;
    private readonly ServerMetrics _metrics = new();
    private readonly BatchQueue _queue;

    public BatchQueueTests(ServedModelsFixture served)
    {
        _served = served;
        _model = InferenceModel.Load(served.FolderOf("cvae"));
        _queue = new BatchQueue(_model, _metrics, "cvae");
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Each_job_gets_bit_for_bit_what_it_would_get_alone()
    {
        int[] counts = [1, 3, 200, 1, 64, 65, 2, 1, 1, 7];
        var jobs = Enumerable.Range(0, 60).Select(i => Job(counts[i % counts.Length], i % 3, (ulong)i)).ToList();
        await Parallel.ForEachAsync(
            jobs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (job, _) => await _queue.Run(job));

        foreach (var (i, job) in jobs.Index())
        {
            var alone = _model.Sample(job.Count, i % 3, (ulong)i);
            Assert.Equal(alone, job.Results[0]);
        }

        Assert.Equal(0, _queue.WaitingExamples);
    }

    [Fact]
    public async Task A_job_that_does_not_fit_fails_alone()
    {
        var jobs = Enumerable.Range(0, 30).Select(i => Job(2, i % 5 == 4 ? 9 : 1, (ulong)i)).ToList();
        var tasks = jobs.ConvertAll(job => Task.Run(() => _queue.Run(job)));
        foreach (var (i, task) in tasks.Index())
        {
            if (i % 5 == 4)
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => task);
            else
                await task;
        }
    }

    [Fact]
    public async Task What_nobody_waits_for_is_not_computed()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        var job = Job(500, 1, 1, given.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _queue.Run(job));
        Assert.All(job.Results[0], value => Assert.Equal(0, value));
        Assert.Equal(0, _queue.WaitingExamples);
        await _queue.Run(Job(1, 1, 1));
    }

    [Fact]
    public void More_than_the_queue_holds_is_refused() =>
        Assert.Throws<ServerBusyException>(() => { _ = _queue.Run(Job(ServerLimits.WaitingExamples + 1, 1, 1)); });

    [Fact]
    public async Task Clients_at_the_same_time_are_answered_and_counted()
    {
        var before = await Examples();
        await Parallel.ForEachAsync(Enumerable.Range(0, 64), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var (status, body) = await _served.Post("cvae/sample", $$"""{"labels": [{{i % 3}}], "seed": {{i}}}""");
            Assert.Equal(200, status);
            Assert.Equal(_model.Sample(1, i % 3, (ulong)i), body["values"]![0]!.AsArray().Select(value => (float)value!));
        });
        Assert.InRange(await Examples() - before, 64, double.MaxValue);
        // Only once a request was answered.
        Assert.Contains(
            "http_server_request_duration",
            await _served.Client.GetStringAsync("metrics", TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        async Task<double> Examples()
        {
            var metrics = await _served.Client.GetStringAsync("metrics", TestContext.Current.CancellationToken);
            return metrics.Split('\n').Where(line => line.StartsWith("elbo_server_examples{model=\"cvae\",operation=\"sample\"}"))
                .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..]));
        }
    }

    [Fact]
    public async Task A_client_that_leaves_does_not_stop_the_server()
    {
        for (var i = 0; i < 20; i++)
        {
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(i));
            using var content = new StringContent("""{"count": 1000, "labels": [1]}""", new MediaTypeHeaderValue("application/json"));
            try
            {
                using var _ = await _served.Client.PostAsync("v1/models/cvae/sample", content, impatient.Token);
            }
            catch (OperationCanceledException)
            {
                // As intended, for most of them.
            }
        }

        Assert.Equal(200, (await _served.Post("cvae/sample", """{"labels": [1]}""")).Status);
    }

    private ModelJob Job(int count, int label, ulong seed, CancellationToken cancellation = default)
    {
        var epsilon = new float[count * _model.Description.LatentSize];
        _model.Epsilon(seed, epsilon);
        return new(ModelOperation.Sample, count, cancellation)
        {
            Epsilon = epsilon,
            Labels = [.. Enumerable.Repeat(label, count)],
            Results = [new float[count * _model.Description.ValueCount]],
        };
    }
}
