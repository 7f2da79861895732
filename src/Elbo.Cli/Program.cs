using Elbo.Cli;

return CommandLine.Run(args);
