using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Json;

namespace Elbo.Packages.Tests;

/// <summary>Programs outside of this repository, built from the packages and run; four of them are those of <c>samples</c>.</summary>
public class ProgramTests(PackedFeed feed, DigitsProgram digits) : IClassFixture<DigitsProgram>
{
    [Fact]
    public void The_program_of_the_librarys_page_trains_and_draws()
    {
        LinuxX64.SkipElsewhere();

        Assert.Matches(@"^-ELBO on the test images: \d+\.\d nats$", digits.Output.Trim());
        Assert.True(File.Exists(Path.Combine(digits.Folder, "sixes.png")));
        Assert.True(File.Exists(Path.Combine(digits.Folder, "runs", "sixes", "config.json")));
    }

    [Fact]
    public async Task The_programs_of_inference_draw_from_what_it_trained_one_of_them_compiled_ahead_of_time()
    {
        LinuxX64.SkipElsewhere();
        var page = await PackagePage.Read("Elbo.Inference");
        Assert.Equal(["Elbo.Inference"], page.Packages);
        var inferring = feed.Program("inferring", page.Code, [.. page.Packages]);
        Directory.CreateSymbolicLink(Path.Combine(inferring, "runs"), Path.Combine(digits.Folder, "runs"));
        Assert.Matches(@"^\d+ numbers are its code; -ELBO \d+\.\d nats$", (await StrangersProgram.BuildAndRun(inferring)).Trim());
        Assert.Empty(Directory.EnumerateFiles(inferring, "lib*.so", SearchOption.AllDirectories));

        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "native compilation needs clang");
        var native = feed.Sample("Elbo.Native");
        var published = await DotNet.Run(
            native, "publish", "-c", "Release", "-r", "linux-x64", "-o", "published", "-nologo", "-p:UseSharedCompilation=false");
        Assert.DoesNotContain("warning", published, StringComparison.OrdinalIgnoreCase);
        var program = Path.Combine(native, "published", "Elbo.Native");
        Assert.Equal(
            "a sample of a cvae in drawn.png\n", await DotNet.Run(program, inferring, ["runs/sixes", "drawn.png", "6", "1"]));
        Assert.Equal(
            "error: There is no folder none.\n", await DotNet.Run(program, inferring, ["none", "no.png"], exitCode: 3));
        // Seed and label are those of the page.
        var (drawn, expected) = (Pixels(Path.Combine(inferring, "drawn.png")), Pixels(Path.Combine(inferring, "six.png")));
        Assert.Equal(28 * (1 + 28), drawn.Length);
        Assert.Contains(drawn, pixel => pixel > 50);
        Assert.All(drawn.Zip(expected), pixel => Assert.Equal(pixel.Second, (double)pixel.First, tolerance: 1));
    }

    [Fact]
    public async Task The_pipeline_of_the_samples_says_the_same_when_another_process_has_loaded_it()
    {
        LinuxX64.SkipElsewhere();
        var folder = feed.Sample("Elbo.Pipeline");
        Assert.Equal(["Elbo.Cpu.linux-x64", "Elbo.ML"], PackedFeed.ReferencesOf(folder));

        var trained = await StrangersProgram.BuildAndRun(folder);
        var loaded = await DotNet.Run(StrangersProgram.FileOf(folder), folder, []);

        Assert.Matches(@"^-?[\d.]+ nats: False; [\d.]+ nats: True$", trained.Trim());
        Assert.Equal(trained, loaded);
    }

    [Fact]
    public async Task The_web_service_of_the_samples_answers_with_what_the_first_program_trained()
    {
        LinuxX64.SkipElsewhere();
        var folder = feed.Sample("Elbo.Service");
        Assert.Equal(["Elbo.Extensions"], PackedFeed.ReferencesOf(folder));
        await StrangersProgram.Build(folder);
        var start = new ProcessStartInfo(
            StrangersProgram.FileOf(folder),
            ["--urls", "http://127.0.0.1:0", "--run", Path.Combine(digits.Folder, "runs", "sixes")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var address = "";
            while (address.Length == 0 && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                address = line.Split("Now listening on: ") is [_, var found] ? found : "";
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            var six = await client.GetByteArrayAsync("digits/6.png?seed=1", TestContext.Current.CancellationToken);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], six[..4]);
            Assert.Equal(six, await client.GetByteArrayAsync("digits/6.png?seed=1", TestContext.Current.CancellationToken));
            using var unknown = await client.GetAsync("digits/10.png", TestContext.Current.CancellationToken);
            Assert.Equal(404, (int)unknown.StatusCode);
            using var black = await client.PostAsJsonAsync("digits/6/score", new float[28 * 28], TestContext.Current.CancellationToken);
            var score = await black.Content.ReadFromJsonAsync<Dictionary<string, double>>(TestContext.Current.CancellationToken);
            Assert.InRange(score!["negativeElbo"], 1, 1000);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("Elbo.Digits")]
    [InlineData("Elbo.Native")]
    [InlineData("Elbo.Pipeline")]
    [InlineData("Elbo.Service")]
    public void A_sample_has_fewer_than_40_lines(string name) =>
        Assert.True(File.ReadLines(Path.Combine(RepositoryRoot.Path, "samples", name, "Program.cs")).Count() < 40);

    [Fact]
    public async Task A_project_that_refers_to_the_library_runs_without_an_import()
    {
        LinuxX64.SkipElsewhere();
        // TorchSharp comes first here: nothing of Elbo has run before.
        var folder = feed.Program("referring", """
            using var one = TorchSharp.torch.ones(1);
            using var model = Elbo.Vae.Create(new Elbo.ImageShape(1, 4, 4));
            Console.WriteLine($"{one.item<float>():0} {model.Sample(2).Count}");
            """, Path.Combine(RepositoryRoot.Path, "src", "Elbo", "Elbo.csproj"));

        Assert.Equal("1 2", (await StrangersProgram.BuildAndRun(folder, [], "-p:BuildProjectReferences=false")).Trim());
    }

    // The lines of a PNG of Elbo.Inference, each after the number of its filter, which is none: one chunk behind the header.
    private static byte[] Pixels(string path)
    {
        const int header = 8 + 25;
        var file = File.ReadAllBytes(path);
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(header));
        using var lines = new ZLibStream(new MemoryStream(file, header + 8, length), CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        lines.CopyTo(pixels);
        return pixels.ToArray();
    }
}
