using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo calibrate</c>: finds the score above which an example is an anomaly, and keeps it in the run.</summary>
internal sealed class CalibrateCommand : ExecutableCommand
{
    private const double DefaultRate = 0.01;

    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly RowsOptions _rows = new(
        "The split of the data: validation, test or train; by default validation, and test of other data. Never what the run was trained "
            + "on.");

    private readonly AnomalyOptions _anomalies = new(
        "The false-positive rate: the share of normal examples that may be above the threshold (0.01 by default).",
        "A label of examples that are anomalies and therefore left out, by its name or number; repeat for several.");

    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<bool> _json = CommonOptions.Json();

    public CalibrateCommand()
        : base(
            "calibrate",
            "Find the -ELBO above which an example is an anomaly, at a false-positive rate on normal examples, and keep it in the run.",
            "calibrate runs/vae-1",
            "calibrate runs/vae-1 --threshold 0.001 --data data/normal")
    {
        Arguments.Add(_run);
        _anomalies.AddTo(this);
        _rows.AddTo(this);
        Options.Add(_device);
        Options.Add(_json);
    }

    protected override int Execute(ParseResult parsed)
    {
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var labels = _anomalies.Labels(parsed);
        var held = _rows.ReadHeldOut(parsed, run);
        if (labels.Length > 0)
            _ = AnomalyLabels.Find(held.Examples, labels);
        held = AnomalyLabels.WithoutAnomalies(held, labels);
        var record = run.Calibrate(held.Examples, _anomalies.Rate(parsed) ?? DefaultRate, held.Description);
        run.Directory.WriteCalibration(record);
        var report = ThresholdReport.Of(record);
        if (parsed.GetValue(_json))
        {
            JsonOutput.Write(report);
            return ExitCodes.Done;
        }

        var lines = new TextTable();
        report.AddTo(lines);
        lines.Add("kept in", Invocation.Display(run.Directory.CalibrationPath));
        lines.Write(Console.Out);
        return ExitCodes.Done;
    }
}
