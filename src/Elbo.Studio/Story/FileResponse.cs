using System.IO.Compression;
using Elbo.Story;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Elbo.Studio;

/// <summary>Sends a file that is in memory: compressed to whom takes it so, and only to whom does not have it yet.</summary>
internal static class FileResponse
{
    private const string Kept = "private, max-age=31536000, immutable";

    // The browser asks each time whether it still has the right one, and gets it only if it has not.
    private const string Checked = "private, no-cache";

    /// <summary>Sends a file, or that there is none.</summary>
    public static async Task Send(HttpContext context, ServedFile? file)
    {
        var (request, response) = (context.Request, context.Response);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = response.Headers;
        var tag = new EntityTagHeaderValue($"\"{file.Tag}\"", isWeak: true);
        headers.ETag = tag.ToString();
        headers.CacheControl = request.Query["v"] == file.Tag ? Kept : Checked;
        headers.Vary = "Accept-Encoding";
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = file.Bytes;
        if (file.IsZipped && AcceptsGzip(request))
            headers.ContentEncoding = "gzip";
        else if (file.IsZipped)
            bytes = Unzipped(bytes);
        response.ContentType = file.Type;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(bytes);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(accepted => accepted.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && accepted.Quality is null or > 0);

    private static byte[] Unzipped(byte[] bytes)
    {
        using var zipped = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unzipped = new MemoryStream();
        zipped.CopyTo(unzipped);
        return unzipped.ToArray();
    }
}
