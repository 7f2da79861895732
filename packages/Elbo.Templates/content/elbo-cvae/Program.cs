using Elbo;

// MNIST, or labelled images of your own: dotnet run -- FOLDER LABEL, with a folder as 'elbo data import' makes it.
var data = args is [var folder, ..] ? Dataset.FromFolder(folder) : Mnist.Load();
var label = args is [_, var asked] ? int.Parse(asked) : 6;

// The condition is the label; the run directory keeps settings, metrics and weights, and Run.Load reads them again.
using var model = Cvae.Create(data.Train);
var directory = $"runs/cvae-{DateTime.Now:yyyyMMdd-HHmmss}";
var result = new Trainer(model, new() { Epochs = 5, Directory = directory }).Fit(data);
Console.WriteLine($"-ELBO on the test images: {result.Test!.NegativeElbo:0.0} nats; the run is in {directory}");

ImageGrid.Save("samples.png", model.Sample(64, label: label));
Console.WriteLine($"64 images of label {label} in samples.png");
