using System.CommandLine;
using Elbo.Story;
using Elbo.Studio;

namespace Elbo.Cli;

/// <summary><c>elbo story</c>: writes a page that leads through what a VAE does.</summary>
internal sealed class StoryCommand : ExecutableCommand
{
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "Runs of 28 x 28 images whose models take the places of the bundled ones; none for the bundled story. Scenes that "
            + "need what no run has are left out; that of beta needs three runs or more with two latent dimensions that differ in beta "
            + "alone.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "A new HTML file.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _withoutData = new("--no-data")
    {
        Description = "Leave out the pictures of the data, and the scenes that need them.",
    };

    public StoryCommand()
        : base(
            "story",
            "Write a page that shows what a VAE does, by hand: one file that opens without a server or a network.",
            "story --out story.html",
            "story runs/vae-1 runs/cvae-1 --out mine.html")
    {
        Arguments.Add(_runs);
        Options.Add(_out);
        Options.Add(_withoutData);
    }

    protected override int Execute(ParseResult parsed)
    {
        var path = OutputFile.EnsureNew(parsed.GetRequiredValue(_out));
        var runs = parsed.GetValue(_runs) ?? [];
        var withData = !parsed.GetValue(_withoutData);
        var page = runs.Length == 0 ? StoryPage.Bundled(withData) : StoryPage.OfRuns(runs, withData);
        foreach (var note in page.Notes)
            Console.Error.WriteLine(PrintableText.Of(note));
        OutputFile.Write(path, path, made => File.WriteAllBytes(made, page.Html.Span));
        Console.Out.WriteLine($"{PrintableText.Of(path)}: {page.SizeText}");
        if (page.HasPictures)
            Console.Out.WriteLine("Pictures of the data are in the file; --no-data leaves them out.");
        return ExitCodes.Done;
    }
}
