using System.Text.RegularExpressions;

namespace Elbo.Tests;

public partial class ReadMeTests
{
    [Fact]
    public void The_example_of_the_README_is_the_code_that_runs_below()
    {
        var readMe = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        var example = Fence().Match(readMe).Groups["code"].Value;
        var source = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Elbo.Tests", "ReadMeTests.cs"));
        var start = source.LastIndexOf("// begin", StringComparison.Ordinal) + 8;
        var body = source[start..source.LastIndexOf("// end", StringComparison.Ordinal)];

        Assert.NotEqual("", example);
        Assert.Equal(Lines(example).Where(line => line != "using Elbo;"), Lines(body));

        static IEnumerable<string> Lines(string code) =>
            code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
    }

    [Fact]
    public void The_example_of_the_README_draws_sixes_and_opens_its_run_again()
    {
        using var folder = new TemporaryFolder();
        var (before, output) = (Environment.CurrentDirectory, Console.Out);
        using var written = new StringWriter();
        Environment.CurrentDirectory = folder.Path;
        Console.SetOut(written);
        try
        {
            Example();
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = before;
        }

        Assert.True(new FileInfo(folder["sixes.png"]).Length > 10_000);
        var negativeElbo = double.Parse(Number().Match(written.ToString()).Value);
        Assert.InRange(negativeElbo, 80, 112);
        Assert.Contains("strangest", written.ToString(), StringComparison.Ordinal);
    }

    private static void Example()
    {
        // begin
        var mnist = Mnist.Load();
        using var model = Cvae.Create(mnist.Shape, Condition.Label(10));
        var result = new Trainer(model, new() { Epochs = 5, Directory = "runs/sixes" }).Fit(mnist);
        Console.WriteLine($"-ELBO on the test images: {result.Test!.NegativeElbo:0.0} nats");
        ImageGrid.Save("sixes.png", model.Sample(64, label: 6));

        using var again = Run.Load("runs/sixes");          // encode, decode, sample, score, or Resume
        var codes = again.Model.Encode(mnist.Test);        // posterior means, [10000, 8]
        var scores = again.Model.Score(mnist.Test);        // -ELBO and its terms for each image
        Console.WriteLine($"the strangest image of {codes.Count}: {scores.Index().MaxBy(score => score.Item.NegativeElbo).Index}");
        // end
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\d+\.\d")]
    private static partial Regex Number();
}
