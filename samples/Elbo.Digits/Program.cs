using Elbo;

// begin
var mnist = Mnist.Load();
using var model = Cvae.Create(mnist.Shape, Condition.Label(10));
var result = new Trainer(model, new() { Epochs = 5, Directory = "runs/sixes" }).Fit(mnist);
Console.WriteLine($"-ELBO on the test images: {result.Test!.NegativeElbo:0.0} nats");
ImageGrid.Save("sixes.png", model.Sample(64, label: 6));
// end
