namespace Elbo.Cli.Tests;

public class ErrorReportTests
{
    [Fact]
    public void Each_category_of_errors_has_its_exit_code()
    {
        Assert.Equal(1, ErrorReport.ExitCodeOf(new InvalidOperationException("x")));
        Assert.Equal(2, ErrorReport.ExitCodeOf(new SettingsException("x")));
        Assert.Equal(3, ErrorReport.ExitCodeOf(new InputException("x")));
        Assert.Equal(4, ErrorReport.ExitCodeOf(new EnvironmentException("x")));
        Assert.Equal(5, ErrorReport.ExitCodeOf(new NotFiniteException("x")));
        Assert.Equal(143, ErrorReport.ExitCodeOf(new SignalledException("x", 143)));
        Assert.Equal(1, ErrorReport.ExitCodeOf(new IOException("x")));
        Assert.Equal(4, ErrorReport.ExitCodeOf(new IOException("x", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28)));
    }

    [Fact]
    public void A_multi_line_error_is_reported_as_one_sentence() => Assert.Equal(
        "Unexpected error: first line (set ELBO_DEBUG=1 for the stack trace).",
        ErrorReport.MessageOf(new InvalidOperationException("first line.\n  at native frame\n  at another")));
}
