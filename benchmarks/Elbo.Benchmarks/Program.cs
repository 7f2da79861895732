// dotnet run -c Release --project benchmarks/Elbo.Benchmarks -- [REPEATS]
// Training steps of Elbo and of the plain TorchSharp loop, in turn in one process, so that both see the same noise of the machine.
using Elbo;
using Elbo.Benchmarks;
using TorchSharp;

var repeats = args.Length > 0 ? int.Parse(args[0]) : 9;
var mnist = Mnist.Load();
var train = mnist.Train.Subset(Enumerable.Range(0, 128 * 150).ToArray());
torch.random.manual_seed(1);
using var plain = new PlainTorchSharp(784, 400, 20);
using var adam = torch.optim.Adam(plain.parameters(), 1e-3);
using var model = Vae.Create(mnist.Shape);

List<double> elbo = [], torchSharp = [], ratios = [];
for (var repeat = 0; repeat <= repeats; repeat++)
{
    var ours = new Trainer(model, new() { Epochs = 1, Validation = 0 }).Fit(train).Epochs[0].ExamplesPerSecond;
    var theirs = PlainTorchSharp.Epoch(train, plain, adam);
    if (repeat == 0)
        continue; // warm-up
    elbo.Add(ours);
    torchSharp.Add(theirs);
    ratios.Add(theirs / ours);
    Console.WriteLine($"{repeat}: Elbo {ours:0} examples/s, plain TorchSharp {theirs:0}, time of an epoch of Elbo / plain {theirs / ours:0.000}");
}

Console.WriteLine($"784-400-20 VAE, batch 128, {torch.get_num_threads()} threads, median of {repeats} pairs (quartiles):");
Console.WriteLine($"  Elbo {Quartiles(elbo, "0")} examples/s");
Console.WriteLine($"  plain TorchSharp {Quartiles(torchSharp, "0")} examples/s");
Console.WriteLine($"  time of an epoch, Elbo / plain TorchSharp {Quartiles(ratios, "0.000")}");

static string Quartiles(List<double> values, string format)
{
    var sorted = values.Order().ToArray();
    double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    return $"{At(0.5).ToString(format)} ({At(0.25).ToString(format)} to {At(0.75).ToString(format)})";
}
