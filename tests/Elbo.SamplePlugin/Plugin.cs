namespace Extending;

// begin
/// <summary>Registers the parts of this assembly when the command line loads it.</summary>
internal sealed class Plugin : IElboPlugin
{
    public void Register() => Registrations.Register();
}
// end
