using System.Diagnostics;
using Elbo.Studio;

namespace Elbo.Cli.Tests;

public class InvocationTests
{
    [Theory]
    [InlineData("runs/a-1", "runs/a-1")]
    [InlineData("my runs/a", "'my runs/a'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void Arguments_are_quoted_if_a_shell_would_interpret_them(string argument, string expected) =>
        Assert.Equal(expected, ShellWord.Quote(argument));

    [Theory]
    [InlineData("a\\b")]
    [InlineData("\\")]
    [InlineData("it's a \"name\" with $HOME, `id`, \\n and %s")]
    [InlineData("two\nlines")]
    [InlineData("it's the end\n")]
    [InlineData("\e[31mred\e[0m 'and' \\ %d $x `y` \"z\"")]
    [InlineData("\u202egpj.exe")]
    [InlineData("模型 1")]
    [InlineData("a\tb")]
    public async Task A_POSIX_shell_reads_a_quoted_argument_as_it_was(string argument)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no POSIX shell.");
        var quoted = ShellWord.Quote(argument);
        Assert.Equal(quoted, PrintableText.Of(quoted));
        // The shells that know how to write a line break at the end of a word.
        var program = argument.EndsWith('\n') ? "/bin/bash" : "/bin/sh";
        var start = new ProcessStartInfo(program, ["-c", $"printf %s {quoted}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        Assert.Equal(argument, await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("plain 模型 👨‍👩‍👧", "plain 模型 👨‍👩‍👧")]
    [InlineData("two\r\nlines\nmore", "two lines more")]
    [InlineData("\e]0;title\a", "\ufffd]0;title\ufffd")]
    [InlineData("\u009b31m", "\ufffd31m")]
    [InlineData("a\u2028b\u202ec", "a b\ufffdc")]
    public void Texts_from_files_are_shown_without_control_characters(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void A_path_that_looks_like_an_option_is_suggested_as_a_path()
    {
        Assert.Equal(Path.Combine(".", "-rf"), Invocation.Shorten(Path.GetFullPath("-rf")));
        Assert.Equal(Path.Combine(".", "@file"), Invocation.Shorten(Path.GetFullPath("@file")));
        Assert.Equal("run-1", Invocation.Shorten(Path.GetFullPath("run-1")));
    }

    [Theory]
    [InlineData("/a/.dotnet/tools/.store/elbo.tool/0.2.0/elbo.tool.linux-x64/0.2.0/tools/net10.0/linux-x64/elbo", "/a/.dotnet/tools/elbo")]
    [InlineData("/home/a/.nuget/packages/elbo.tool.linux-x64/0.2.0/tools/net10.0/linux-x64/elbo", null)]
    [InlineData("/opt/elbo/elbo", "/opt/elbo/elbo")]
    public void A_tool_is_suggested_by_its_link(string file, string? link) => Assert.Equal(
        link?.Replace('/', Path.DirectorySeparatorChar), InstalledTool.LinkTo(file.Replace('/', Path.DirectorySeparatorChar)));
}
