using System.Globalization;
using System.Text.Json.Nodes;

namespace Elbo.Results;

/// <summary>Trains, calibrates, scores and records the run of a row of anomalies.</summary>
internal sealed class AnomalyRun(AnomalyRow row, ElboProgram elbo, string runs, string repository)
{
    private readonly string _data = Path.Combine(runs, $"mnist-without-{row.Digit}");

    public AnomalyRecord Complete()
    {
        // The calibration needs the data as well as the training.
        MnistWithoutDigit.Write(repository, row.Digit, _data);
        var arguments = row.Train.Split(' ').Select(argument => argument == "DATA" ? _data : argument);
        var run = new TrainedRun(Path.Combine(runs, row.Id), row.Id, AnomalyRow.Seed, [.. arguments], elbo);
        run.Complete(prepare: () => { });
        var scores = AnomalyRow.Rates.Select(rate => Score(run.Folder, rate.ToString(CultureInfo.InvariantCulture))).ToList();
        var record = run.Read("run.json");
        return new AnomalyRecord
        {
            Commands = row.Commands,
            BestEpoch = record["bestEpoch"]!.GetValue<int>(),
            TrainingMinutes = run.Minutes(),
            Processor = record["machine"]!["processor"]!.GetValue<string>(),
            Elbo = record["machine"]!["elbo"]!.GetValue<string>(),
            Scores = scores,
        };
    }

    private JsonObject Score(string run, string rate)
    {
        elbo.Run(["calibrate", run, "--data", _data, "--threshold", rate]);
        var file = Path.Combine(run, $"scores-{Guid.NewGuid():N}.csv");
        var text = elbo.Run(
            ["score", run, "--data", _data, "--threshold", rate, "--anomalies", $"{row.Digit}", "--out", file, "--json"]);
        File.Delete(file);
        return JsonNode.Parse(text)!.AsObject();
    }
}
