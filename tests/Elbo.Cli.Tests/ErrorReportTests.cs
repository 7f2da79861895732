namespace Elbo.Cli.Tests;

public class ErrorReportTests
{
    [Fact]
    public void Each_kind_of_error_has_its_exit_code()
    {
        Assert.Equal(1, ErrorReport.ExitCodeOf(new InvalidOperationException("x")));
        Assert.Equal(2, ErrorReport.ExitCodeOf(new ConfigurationException("x")));
        Assert.Equal(3, ErrorReport.ExitCodeOf(new DataException("x")));
        Assert.Equal(4, ErrorReport.ExitCodeOf(new EnvironmentException("x")));
        Assert.Equal(5, ErrorReport.ExitCodeOf(new NotFiniteException("x")));
        Assert.Equal(143, ErrorReport.ExitCodeOf(new SignalledException("x", 143)));
        Assert.Equal(1, ErrorReport.ExitCodeOf(new IOException("x")));
        Assert.Equal(4, ErrorReport.ExitCodeOf(new IOException("x", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28)));
    }

    [Fact]
    public void An_error_of_several_lines_becomes_one_sentence() => Assert.Equal(
        "Something failed that should not have: first line (set ELBO_DEBUG=1 to see where).",
        ErrorReport.SentenceOf(new InvalidOperationException("first line.\n  at native frame\n  at another")));
}
