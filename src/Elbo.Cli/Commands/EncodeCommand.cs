using System.CommandLine;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo encode</c>: writes the posterior mean of each example.</summary>
internal sealed class EncodeCommand : ExecutableCommand
{
    private readonly Argument<string> _run = CommonOptions.Run();
    private readonly RowsOptions _rows = new();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<string> _out = new("--out")
    {
        Description = "A new NumPy file: float32 [examples, latent dimensions], in the order of the data. A CSV file of the same name "
            + "beside it says which example each row is: index in the data, split, label, its name where labels have names, and "
            + "the file of an imported picture.",
        HelpName = "FILE.npy",
        Required = true,
    };

    public EncodeCommand()
        : base("encode", "Write the posterior mean of each example.", "encode runs/vae-1 --split train --out z.npy")
    {
        Arguments.Add(_run);
        _rows.AddTo(this);
        Options.Add(_device);
        Options.Add(_out);
    }

    protected override int Execute(ParseResult parsed)
    {
        var path = OutputFile.EnsureNew(parsed.GetRequiredValue(_out));
        var table = OutputFile.EnsureNew(Path.ChangeExtension(path, ".csv"));
        using var run = RunLoader.Load(parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_device));
        var (examples, split, _) = _rows.Read(parsed, run);
        var codes = run.Model.Encode(examples, run.Configuration.Data.Binarize, run.Configuration.Training.Seed);
        OutputFile.Write(table, table, made => ExampleColumns.WriteTable(made, examples, split, [], _ => []));
        OutputFile.Write(path, path, codes.SaveNpy);
        Console.Out.WriteLine($"{PrintableText.Of(path)}: {codes.Count} latent codes of {codes.Size} dimensions");
        return ExitCodes.Done;
    }
}
