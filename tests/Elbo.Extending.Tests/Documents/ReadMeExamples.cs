using TorchSharp;

namespace Extending;

/// <summary>The shorter examples of the README, each with what it takes for given as arguments.</summary>
internal static class ReadMeExamples
{
    /// <summary>Networks of one's own.</summary>
    /// <returns>How many values a sample has, and how many weights the model.</returns>
    public static (int Values, long Weights) OwnModules(ValueShape shape, torch.nn.Module myEncoder, torch.nn.Module myDecoder)
    {
        // begin
        using var model = Vae.Create(shape, o => o with { LatentSize = 8 }, modules: new(myEncoder, myDecoder));
        // end
        return (model.Sample(1).Row(0).Length, model.parameters().Sum(parameter => parameter.numel()));
    }

    /// <summary>Rows, and pairs.</summary>
    /// <returns>The options of both models.</returns>
    public static (ModelOptions Vae, ModelOptions Cvae) Tables(IEnumerable<double[]> rows, ExampleSet targets, ExampleSet inputs)
    {
        // begin
        var readings = RowDataset.FromRows(rows);                       // sensors, columns of a table, embeddings
        using var vae = Vae.Create(readings);                           // a Gaussian: the likelihood follows from the values
        using var cvae = Cvae.Create(targets.WithAttributes(inputs));   // p(y|x), for vectors or images y
        // end
        return (vae.Options, cvae.Options);
    }

    /// <summary>Trainings that are followed, and gone on from.</summary>
    /// <returns>The result of the second.</returns>
    public static async Task<TrainingResult> Trainings(
        Trainer trainer, ExampleSet data, Run run, ExampleSet otherData, CancellationTokenSource stop)
    {
        var token = stop.Token;
        // begin
        await foreach (var epoch in trainer.FitAsync(data, cancellationToken: token))   // leaving the loop stops it too
            Console.WriteLine($"{epoch.Epoch}: {epoch.ValidationLoss:0.00}");
        using var tuned = run.FineTune(otherData, new() { Epochs = 3 });                // from the run's best weights
        // end
        return tuned.Result;
    }
}
