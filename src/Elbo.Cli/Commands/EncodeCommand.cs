using System.CommandLine;

namespace Elbo.Cli;

/// <summary><c>elbo encode</c>: writes the posterior mean of each example.</summary>
internal sealed class EncodeCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<Split> _split = CommonOptions.Split();
    private readonly Option<string> _out = new("--out")
    {
        Description = "A new NumPy file: float32 [examples, latent dimensions], in the order of the data.",
        HelpName = "FILE.npy",
        Required = true,
    };

    public EncodeCommand()
        : base("encode", "Write the posterior mean of each example.", "encode runs/vae-1 --split train --out z.npy")
    {
        Arguments.Add(_run);
        Options.Add(_data);
        Options.Add(_split);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var path = OutputFile.EnsureNew(parsed.GetRequiredValue(_out));
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run));
        var examples = RunData.Load(run.Directory, parsed.GetValue(_data)).GetSplit(parsed.GetValue(_split), run.Model);
        var codes = run.Model.Encode(examples, run.Configuration.Data.Binarize, run.Configuration.Training.Seed);
        codes.SaveNpy(path);
        Console.Out.WriteLine($"{path}: {codes.Count} latent codes of {codes.Size} dimensions");
        return ExitCodes.Done;
    }
}
