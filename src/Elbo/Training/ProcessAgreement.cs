using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Elbo;

/// <summary>
/// Makes sure that the processes of a training do the same: the same data, settings and weights at the beginning, and the same weights
/// after each epoch.
/// </summary>
internal static class ProcessAgreement
{
    /// <summary>Compares what the processes begin with.</summary>
    /// <param name="processes">The processes of the training.</param>
    /// <param name="train">The hash of the training data.</param>
    /// <param name="test">The hash of the test data; null without any.</param>
    /// <param name="configuration">The settings; the number of threads and the folder of each are its own.</param>
    /// <exception cref="SettingsException">A process has others.</exception>
    public static void EnsureSameBeginning(IProcessGroup processes, string train, string? test, RunConfiguration configuration)
    {
        if (processes.Count == 1)
            return;
        var settings = Json.Write(configuration with { Training = configuration.Training with { Threads = 1 } });
        var all = processes.Gather(Encoding.UTF8.GetBytes($"{train}\n{test}\n{Hash(settings)}"))
            .Select(bytes => Encoding.UTF8.GetString(bytes).Split('\n'))
            .ToList();
        string[] parts = ["training data", "test data", "settings"];
        for (var part = 0; part < parts.Length; part++)
        {
            var rank = all.FindIndex(each => each[part] != all[0][part]);
            if (rank > 0)
            {
                throw new SettingsException(
                    $"Process {rank} has other {parts[part]} than process 0: give every process the same files and the same command line.");
            }
        }
    }

    /// <summary>Compares the weights of the processes, which are to be the same bit for bit.</summary>
    /// <exception cref="EnvironmentException">A process has others.</exception>
    public static void EnsureSameWeights(IProcessGroup processes, GenerativeModel model, TrainingPosition position)
    {
        if (processes.Count == 1)
            return;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (_, value) in model.NamedState())
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        hash.AppendData(BitConverter.GetBytes(position.Epoch));
        hash.AppendData(BitConverter.GetBytes(position.Step));
        var all = processes.Gather(hash.GetHashAndReset());
        for (var rank = 1; rank < all.Count; rank++)
        {
            if (!all[rank].AsSpan().SequenceEqual(all[0]))
            {
                throw new EnvironmentException(
                    $"The weights of process {rank} are not those of process 0 at step {position.Step} of epoch {position.Epoch}: the "
                    + "processes need processors of one kind, and the same files.");
            }
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
