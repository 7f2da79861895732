namespace Elbo.Cli;

/// <summary>
/// The run of a claim, in a folder that no other process ever writes. A claim takes what earlier ones have of the run away from them and
/// continues a copy: whatever a worker does that goes on after its run was taken over, it does not do here. The finished run gets its place
/// in the sweep by one rename.
/// </summary>
internal sealed class ClaimedRun(SweepClaims claims, Claim claim, RunDirectory published)
{
    private const string Taken = "taken";
    private const string Copy = ".copy";

    private string Own => claims.FolderOf(claim.Task, claim.Number);

    /// <summary>Where the run is trained.</summary>
    public RunDirectory Directory => new(Path.Combine(Own, claim.Task));

    /// <summary>Takes over what there is of the run, from an earlier claim or from a sweep without workers.</summary>
    /// <param name="isFinished">Whether the run in its place is finished.</param>
    /// <exception cref="EnvironmentException">A folder cannot be read or written.</exception>
    public void TakeOver(Func<bool> isFinished)
    {
        try
        {
            System.IO.Directory.CreateDirectory(Own);
            TakeUnfinished(isFinished);
            foreach (var number in claims.FoldersOf(claim.Task).Where(number => number < claim.Number).OrderDescending())
            {
                if (TryMove(claims.FolderOf(claim.Task, number), Path.Combine(Own, Taken)) && CopyTaken())
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The run {claim.Task} cannot be taken over into {Own}: {exception.Message}", exception);
        }
    }

    /// <summary>Puts the run in its place in the sweep.</summary>
    /// <returns>Whether it was done; false if the run was taken away, or is in its place already.</returns>
    public bool TryPublish() => TryMove(Directory.Folder, published.Folder);

    // What a sweep without workers has begun goes where a claim with the number 0 would have it. A worker that was stopped just before the
    // move finds that folder gone when it goes on, and does not move the run away that has been finished since.
    private void TakeUnfinished(Func<bool> isFinished)
    {
        if (!System.IO.Directory.Exists(published.Folder))
            return;
        var parent = claims.FolderOf(claim.Task, 0);
        System.IO.Directory.CreateDirectory(parent);
        if (!isFinished())
            TryMove(published.Folder, Path.Combine(parent, claim.Task));
    }

    private bool CopyTaken()
    {
        // The worker before may have ended while it copied what it had taken itself.
        var taken = Path.Combine(Own, Taken);
        var run = Path.Combine(taken, claim.Task);
        for (var folder = taken;
            !System.IO.Directory.Exists(run) && System.IO.Directory.Exists(folder);
            run = Path.Combine(folder, claim.Task))
            folder = Path.Combine(folder, Taken);
        var isFound = System.IO.Directory.Exists(run);
        if (isFound)
        {
            var copy = Path.Combine(Own, Copy);
            CopyFiles(new DirectoryInfo(run), copy);
            System.IO.Directory.Move(copy, Directory.Folder);
        }

        SweepClaims.TryDelete(taken);
        return isFound;
    }

    // Flushed to the disk file by file: the original is removed afterwards. Neither locks nor half-written files are of use, and links are
    // not followed.
    private static void CopyFiles(DirectoryInfo from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            if (entry is DirectoryInfo folder)
            {
                CopyFiles(folder, Path.Combine(to, folder.Name));
            }
            else if (entry.Extension is not (".lock" or ".partial"))
            {
                using var source = new FileStream(entry.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                AtomicFile.Write(Path.Combine(to, entry.Name), source.CopyTo);
            }
        }
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            System.IO.Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (!System.IO.Directory.Exists(from) || System.IO.Directory.Exists(to))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"The folder {from} cannot be moved to {to}: {exception.Message}", exception);
        }
    }
}
