// dotnet run -c Release --project benchmarks/Elbo.Benchmarks -- [REPEATS] [bare]
// Training steps of Elbo and of the plain TorchSharp loop, in turn in one process, so that both see the same noise of the machine.
using Elbo;
using Elbo.Benchmarks;
using Elbo.Cli;
using TorchSharp;

// As the command line does, for the whole process and so for all that is compared here; "bare" leaves both as they are.
if (!args.Contains("bare"))
{
    OpenMpWaiting.BoundSpinning();
    NativeHeap.Keep();
}

var repeats = args.Length > 0 && int.TryParse(args[0], out var asked) ? asked : 9;
var mnist = Mnist.Load();
var train = mnist.Train.Subset(Enumerable.Range(0, 128 * 150).ToArray());
torch.random.manual_seed(1);
using var plain = new PlainTorchSharp(784, 400, 20);
using var adam = torch.optim.Adam(plain.parameters(), 1e-3);
using var model = Vae.Create(mnist.Shape);

using var pixels = torch.tensor(train.Pixels.ToArray(), [train.Count, train.Shape.Pixels], torch.uint8).to(torch.float32) / 255;
using var images = new ImagesOneByOne(pixels);

List<double> elbo = [], fromLoader = [], fromTensor = [];
for (var repeat = 0; repeat <= repeats; repeat++)
{
    var ours = new Trainer(model, new() { Epochs = 1, Validation = 0 }).Fit(train).Epochs[0].ExamplesPerSecond;
    var loader = PlainTorchSharp.EpochFromLoader(images, plain, adam);
    var tensor = PlainTorchSharp.EpochFromTensor(pixels, plain, adam);
    if (repeat == 0)
        continue; // warm-up
    elbo.Add(ours);
    fromLoader.Add(loader);
    fromTensor.Add(tensor);
    Console.WriteLine($"{repeat}: examples/s: Elbo {ours:0}, plain TorchSharp {loader:0}, the same without its DataLoader {tensor:0}");
}

Console.WriteLine($"784-400-20 VAE, batch 128, {torch.get_num_threads()} threads, median of {repeats} rounds (quartiles):");
Console.WriteLine($"  Elbo                                    {Quartiles(elbo, "0")} examples/s");
Console.WriteLine($"  plain TorchSharp                        {Quartiles(fromLoader, "0")} examples/s");
Console.WriteLine($"  plain TorchSharp without its DataLoader {Quartiles(fromTensor, "0")} examples/s");
Console.WriteLine($"  time of an epoch, Elbo / plain TorchSharp {Quartiles(Ratios(fromLoader), "0.000")}");
Console.WriteLine($"  time of an epoch, Elbo / plain TorchSharp without its DataLoader {Quartiles(Ratios(fromTensor), "0.000")}");

List<double> Ratios(List<double> others) => [.. others.Zip(elbo, (theirs, ours) => theirs / ours)];

static string Quartiles(List<double> values, string format)
{
    var sorted = values.Order().ToArray();
    double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    return $"{At(0.5).ToString(format)} ({At(0.25).ToString(format)} to {At(0.75).ToString(format)})";
}
