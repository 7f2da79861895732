using System.Security.Cryptography;
using System.Text;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary>
/// One of any number of workers that train the runs of a sweep in a shared folder. It claims one run after another, takes over those whose
/// workers have ended without a word, waits for the others, and returns when the report is written.
/// </summary>
/// <param name="plan">The runs.</param>
/// <param name="folder">The shared folder.</param>
/// <param name="trainings">The trainings.</param>
/// <param name="patience">How long a claim that does not change is respected.</param>
internal sealed class SweepWorker(SweepPlan plan, SweepFolder folder, SweepTrainings trainings, TimeSpan patience) : ISweep
{
    private const int BeatsOfPatience = 12;
    private const int DigitsOfPlan = 12;

    private readonly SweepClaims _claims = folder.Claims;
    private readonly ClaimWatch _watch = new(folder.Claims, patience);
    private readonly TimeSpan _interval = patience / BeatsOfPatience;

    // A run that is done stays done; true for one with metrics, false for one that has diverged.
    private readonly Dictionary<SweepPlan.PlannedRun, bool> _done = [];
    private bool _isWaiting;

    /// <inheritdoc/>
    public void Check(TerminationSignals signals)
    {
        foreach (var run in plan.Runs)
        {
            try
            {
                Check(run);
            }
            catch (ElboException) when (!Directory.Exists(folder.RunOf(run).Folder))
            {
                // Another worker may have taken the run over while it was read.
                Check(run);
            }

            signals.ThrowIfReceived();
        }
    }

    /// <inheritdoc/>
    public IDisposable Begin() => folder.Join();

    /// <inheritdoc/>
    public bool Run(SweepReport report, TerminationSignals signals) => TrainAll(signals) && Write(report, signals);

    private void Check(SweepPlan.PlannedRun run) =>
        trainings.Check(run, folder.RunOf(run), isStarted: _claims.LatestNumbers().ContainsKey(run.Name));

    /// <summary>Trains until all runs are done, by whichever worker.</summary>
    /// <returns>Whether they are; false if a signal interrupted this worker.</returns>
    private bool TrainAll(TerminationSignals signals)
    {
        while (!signals.Token.IsCancellationRequested)
        {
            var numbers = _claims.LatestNumbers();
            var isIdle = true;
            foreach (var (index, run) in plan.Runs.Index().Where(planned => !_done.ContainsKey(planned.Item)))
            {
                var number = numbers.GetValueOrDefault(run.Name);
                if (IsDone(run, number) || !_watch.Look(run.Name, number).IsFree)
                    continue;
                using var claim = Claim.TryTake(_claims, run.Name, number + 1, _interval);
                if (claim is null)
                    continue;
                (isIdle, _isWaiting) = (false, false);
                if (!Train(run, claim, $"{index + 1}/{plan.Runs.Count}  {plan.Describe(run)}", signals))
                    return false;
            }

            if (_done.Count == plan.Runs.Count)
            {
                // What a worker that was stopped for long has written where nobody looked any more.
                foreach (var run in plan.Runs)
                    _claims.RemoveFolders(run.Name);
                return true;
            }

            if (isIdle)
                Wait("runs", signals);
        }

        return false;
    }

    /// <summary>Writes the report, unless another worker does: then waits until it is written.</summary>
    /// <returns>Whether it is; false if a signal interrupted this worker.</returns>
    private bool Write(SweepReport report, TerminationSignals signals)
    {
        // Of these runs: another command may extend the sweep, and then has another page.
        var task = "page-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.PlannedText)))[..DigitsOfPlan];
        while (!signals.Token.IsCancellationRequested)
        {
            var number = _claims.LatestNumbers().GetValueOrDefault(task);
            var sight = _watch.Look(task, number);
            if (sight.State == ClaimState.Finished && File.Exists(folder.PagePath))
            {
                AddRows(report, SweepRow.ReadMetrics);
                return true;
            }

            using var claim = sight.IsFree ? Claim.TryTake(_claims, task, number + 1, _interval) : null;
            if (claim is null)
            {
                Wait("page", signals);
                continue;
            }

            AddRows(report, trainings.ReadResult);
            if (folder.IsPlanned)
                report.Write();
            else
                Console.Error.WriteLine("The sweep was extended meanwhile: its page is written by the workers that train the other runs.");
            claim.End(ClaimState.Finished);
            return true;
        }

        return false;
    }

    private void AddRows(SweepReport report, Func<SweepPlan.PlannedRun, RunDirectory, SweepRow> read)
    {
        foreach (var run in plan.Runs)
            report.Add(_done[run] ? read(run, folder.RunOf(run)) : SweepRow.Failed(run));
    }

    /// <summary>Trains a run that was claimed, or finds out that another worker does.</summary>
    /// <returns>False if a signal interrupted the training after saving a checkpoint.</returns>
    private bool Train(SweepPlan.PlannedRun run, Claim claim, string position, TerminationSignals signals)
    {
        var claimed = new ClaimedRun(_claims, claim, folder.RunOf(run));
        try
        {
            claimed.TakeOver(() => IsFinished(run));
            // The worker before may have put the run in its place just before it was taken over.
            if (IsDone(run, claim.Number - 1))
                claim.End(_done[run] ? ClaimState.Finished : ClaimState.Diverged);
            else if (Finish(run, claim, claimed.Directory, position, signals))
                Publish(run, claim, claimed, ClaimState.Finished);
            else if (!claim.IsLost)
                return false;
        }
        catch (NotFiniteException exception)
        {
            // The divergence of one run is a result too; the other ones are still trained.
            Console.Error.WriteLine($"{position} failed: {PrintableText.Of(exception.Message)}");
            Publish(run, claim, claimed, ClaimState.Diverged);
        }
        catch (Exception exception) when (exception is ElboException or IOException or UnauthorizedAccessException
            && (claim.IsLost || IsFinished(run)))
        {
            // Its folder was taken away, by the worker that took the run over.
        }

        if (claim.IsLost)
            Console.Error.WriteLine($"{position} was taken over by another worker while this one did not respond.");
        return true;
    }

    /// <summary>Trains to the end of the run.</summary>
    /// <returns>False if a signal or the claim of another worker interrupted it.</returns>
    private bool Finish(
        SweepPlan.PlannedRun run, Claim claim, RunDirectory directory, string position, TerminationSignals signals)
    {
        var state = trainings.GetState(run, directory);
        if (state == SweepRunState.Finished)
            return true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, claim.Lost);
        return trainings.Train(run, directory, state, position, stop.Token) != RunState.Interrupted;
    }

    private void Publish(SweepPlan.PlannedRun run, Claim claim, ClaimedRun claimed, ClaimState state)
    {
        if (!claimed.TryPublish())
            return;
        _done[run] = state == ClaimState.Finished;
        claim.End(state);
        _claims.RemoveFolders(run.Name);
    }

    // A run in its place is finished, or has diverged by the claim of the worker that put it there, or was begun without workers.
    private bool IsDone(SweepPlan.PlannedRun run, int number)
    {
        if (IsFinished(run))
            _done[run] = true;
        else if (Directory.Exists(folder.RunOf(run).Folder) && _watch.Look(run.Name, number).State == ClaimState.Diverged)
            _done[run] = false;
        return _done.ContainsKey(run);
    }

    private bool IsFinished(SweepPlan.PlannedRun run)
    {
        var directory = folder.RunOf(run);
        try
        {
            return trainings.GetState(run, directory) == SweepRunState.Finished;
        }
        catch (ElboException) when (!Directory.Exists(directory.Folder))
        {
            // Another worker has taken it over while it was read.
            return false;
        }
    }

    private void Wait(string what, TerminationSignals signals)
    {
        if (!_isWaiting)
            Console.Error.WriteLine($"Nothing is left to claim; waiting for the {what} of other workers.");
        _isWaiting = true;
        signals.Token.WaitHandle.WaitOne(_interval);
    }
}
