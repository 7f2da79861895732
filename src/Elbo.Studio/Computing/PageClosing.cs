using Microsoft.JSInterop;

namespace Elbo.Studio;

/// <summary>What a call to the browser ends with when the page is closed meanwhile: nothing that anyone needs to be told.</summary>
internal static class PageClosing
{
    /// <summary>Whether an exception only says that the page no longer exists.</summary>
    public static bool Explains(Exception exception) =>
        exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException;
}
