using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Samples;

/// <summary>A web service that scores rows with one loaded run, asked by 16 clients at the same time.</summary>
internal static class Service
{
    public static async Task<double[]> ExecuteAsync(string folder, ExampleSet rows, int clients = 16)
    {
        // begin
        using var run = Run.Load(folder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var service = builder.Build();
        service.MapPost("/score", (double[] row) => run.Model.Score(RowDataset.FromRows([row]))[0].NegativeElbo);
        await service.StartAsync();
        // end

        using var http = new HttpClient { BaseAddress = new(service.Urls.Single()) };
        var values = rows.ToValues();
        var answers = await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            using var answer = await http.PostAsJsonAsync("/score", values.Row(client));
            return await answer.Content.ReadFromJsonAsync<double>();
        }));
        Console.WriteLine($"{answers.Length} answers, from {answers.Min():0.00} to {answers.Max():0.00} nats");
        return answers;
    }
}
