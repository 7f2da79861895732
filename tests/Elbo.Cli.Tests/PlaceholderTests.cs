namespace Elbo.Cli.Tests;

public class PlaceholderTests
{
    [Fact]
    public void The_project_runs() => Assert.True(TorchSharp.torch.zeros(2).numel() == 2);
}
