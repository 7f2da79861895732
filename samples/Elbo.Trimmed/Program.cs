// Published fully trimmed, it trains a model with settings and a condition of its own into the folder that is named, opens the run again,
// resumes it and prints what it read. A test compares all of it with the same program untrimmed.
using Elbo;
using Elbo.Trimmed;

// begin registration
Conditions.Register("remainder", () => new RemainderCondition(), OwnJson.Default.RemainderCondition);
// end
var shape = new ImageShape(1, 8, 8);
var data = new Dataset("stripes", Stripes(96), Stripes(32));
var condition = Condition.Join(new RemainderCondition(3), Condition.Label(4), Condition.Region("top-half", shape));
using (var model = Cvae.Create(shape, condition, o => o with
{
    LatentSize = 3,
    Network = new() { Hidden = [12, 10], PriorHidden = [6], ConditionSkip = true, Activation = "elu" },
    Likelihood = "gaussian",
    Sigma = 0.25,
}))
{
    var objective = new ObjectiveOptions { KlWeight = WeightSchedule.Parse("linear:0:0.5:5"), Samples = 2, FreeBits = 0.01 };
    new Trainer(model, new() { Epochs = 1, BatchSize = 16, Objective = objective, Threads = 1, Directory = args[0] }).Fit(data);
}

using (var trained = Run.Load(args[0]))
    trained.Resume(data, epochs: 2);
using var run = Run.Load(args[0]);
Console.WriteLine($"{run.State} {run.Model.Options}");
Console.WriteLine($"score {run.Model.Score(data.Test).Average(score => score.NegativeElbo):R}");
Console.WriteLine($"drawn {run.Model.Sample(2, data.Test.Subset([0, 1]), seed: 1).Values.ToArray().Average():R}");

ImageDataset Stripes(int count)
{
    var pixels = new byte[count * shape.Pixels];
    for (var i = 0; i < pixels.Length; i++)
        pixels[i] = (byte)(i / shape.Pixels % 4 == i % 8 / 2 ? 255 : 0);
    return new ImageDataset(shape, pixels, Enumerable.Range(0, count).Select(i => i % 4).ToArray());
}
