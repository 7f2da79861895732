using System.Runtime.CompilerServices;

namespace Elbo.Tests;

/// <summary>Registers the parts that these tests define or link, for all of them.</summary>
internal static class OwnParts
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registrations.Register();
        Objectives.Register("dip", new DisentangledInferredPrior());
    }
}
