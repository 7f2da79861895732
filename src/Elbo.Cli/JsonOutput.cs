namespace Elbo.Cli;

/// <summary>One object on stdout, for machines.</summary>
internal static class JsonOutput
{
    public static void Write<T>(T value) => Console.Out.Write(Json.Write(value));
}
