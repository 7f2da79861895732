using Elbo.Cli;

try
{
    return CommandLine.Run(args);
}
catch (OutOfMemoryException)
{
    // There was not even the memory to say so.
    return ExitCodes.Environment;
}
