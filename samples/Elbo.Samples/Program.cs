using Samples;

// One program by its name, with data that it makes itself; what it writes goes to runs/samples/NAME.
var name = args.FirstOrDefault("");
var folder = Path.Combine("runs", "samples", name);
switch (name)
{
    case "anomalies":
        var aucs = Enumerable.Range(0, args.Length > 1 ? int.Parse(args[1]) : 1).Select(seed => Anomalies.Execute(seed)).ToArray();
        Console.WriteLine($"mean AUC over {aucs.Length} seeds: {aucs.Average():0.000}");
        break;
    case "sensor-table":
        SensorTable.Execute();
        break;
    case "augmentation":
        Augmentation.Execute(folder);
        break;
    case "service":
        FineTuning.Execute(folder);
        await Service.ExecuteAsync(Path.Combine(folder, "first"), Sensors.Read(16, seed: 4));
        break;
    case "fine-tuning":
        FineTuning.Execute(folder);
        break;
    case "own-modules":
        OwnModules.Execute(folder);
        break;
    case "own-parts":
        OwnParts.Execute(folder);
        break;
    case "hosted-training":
        await HostedTraining.ExecuteAsync(folder);
        break;
    case "latent-search":
        LatentSearch.Execute();
        break;
    case "evaluation":
        Evaluation.Execute();
        break;
    case "own-dataset":
        OwnDataset.Execute();
        break;
    default:
        Console.Error.WriteLine("Name one of: anomalies [SEEDS], sensor-table, augmentation, service, fine-tuning, own-modules, own-parts, "
            + "hosted-training, latent-search, evaluation, own-dataset.");
        return 2;
}

return 0;
