// A training that kills its own process, as kill -9 would, at a moment named on the command line: FOLDER MOMENT AT-LEAST-STEP-OR-EPOCH.
using System.Diagnostics;
using Elbo;
using Elbo.Tests;
using TorchSharp;

// As many as in the process that compares the outcome: equality to the bit holds at equal counts.
torch.set_num_threads(1);
var (folder, moment, least) = (args[0], Enum.Parse<TrainingMoment>(args[1]), long.Parse(args[2]));
using var model = SmallRuns.Model();
var trainer = new Trainer(model, SmallRuns.Options(folder) with { CheckpointEvery = SmallRuns.CheckpointEvery })
{
    AtMoment = (reached, at) =>
    {
        if (reached != moment || at < least)
            return;
        Process.GetCurrentProcess().Kill();
        using var never = new ManualResetEvent(false);
        never.WaitOne();
    },
};
trainer.Fit(SmallRuns.Data);
return 0;
