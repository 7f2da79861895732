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
}
