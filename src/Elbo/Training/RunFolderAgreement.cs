using System.Text;

namespace Elbo;

/// <summary>
/// Process 0 makes the folder of a run and tells the others how that went: where another training has taken its name, all of them fail
/// alike and can try the next name together.
/// </summary>
internal static class RunFolderAgreement
{
    /// <summary>Does a part of it in process 0.</summary>
    /// <exception cref="FolderTakenException">The name is taken.</exception>
    public static T Tell<T>(IProcessGroup processes, Func<T> make)
    {
        try
        {
            var made = make();
            processes.Broadcast([]);
            return made;
        }
        catch (FolderTakenException taken)
        {
            processes.Broadcast(Encoding.UTF8.GetBytes(taken.Message));
            throw;
        }
    }

    /// <summary>Waits for that in another process.</summary>
    /// <exception cref="FolderTakenException">The name is taken.</exception>
    public static void Await(IProcessGroup processes)
    {
        if (processes.Broadcast([]) is { Length: > 0 } message)
            throw new FolderTakenException(Encoding.UTF8.GetString(message));
    }
}
