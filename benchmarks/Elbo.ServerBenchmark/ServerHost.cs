using Elbo.Server;

namespace Elbo.ServerBenchmark;

/// <summary>Runs the server in a process of its own, like <c>elbo serve</c>, until its standard input is closed.</summary>
internal static class ServerHost
{
    public const string Verb = "serve";

    public static async Task<int> Serve(string model)
    {
        await using var server = await InferenceServer.StartAsync(
            new() { Models = new Dictionary<string, string> { [ServerProcess.Model] = model }, Port = 0 });
        Console.WriteLine($"{server.Address} {server.Token}");
        await Task.Run(Console.In.ReadToEnd);
        return 0;
    }
}
