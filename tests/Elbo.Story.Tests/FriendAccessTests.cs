using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Elbo.Story.Tests;

/// <summary>What the story uses of the library that other programs cannot (docs/decisions/0028-one-format-of-weights.md).</summary>
public class FriendAccessTests
{
    [Fact]
    public void Of_what_is_internal_in_the_library_the_story_uses_the_format_of_weights_alone()
    {
        using var file = File.OpenRead(typeof(StoryPage).Assembly.Location);
        using var program = new PEReader(file);
        var metadata = program.GetMetadataReader();
        var used = metadata.TypeReferences
            .Select(handle => (Handle: handle, Type: LibraryType(metadata, handle)))
            .Where(use => use.Type is not null)
            .ToDictionary(use => use.Handle, use => use.Type!);
        var hidden = used.Values.Where(type => !type.IsVisible).Select(type => type.Name).ToList();
        Assert.Contains(nameof(SafetensorsFile), hidden);
        Assert.All(hidden, name => Assert.StartsWith("Safetensors", name));

        var members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Type: used.GetValueOrDefault((TypeReferenceHandle)member.Parent), Name: metadata.GetString(member.Name)))
            .Where(member => member.Type is { IsVisible: true })
            .ToList();
        Assert.InRange(members.Count, 30, 1000);
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        Assert.All(members, member => Assert.Contains(
            member.Type!.GetMember(member.Name, All),
            found => found is MethodBase { IsPublic: true } or MethodBase { IsFamily: true } or FieldInfo { IsPublic: true }));
    }

    private static Type? LibraryType(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var reference = metadata.GetTypeReference(handle);
        if (reference.ResolutionScope.Kind != HandleKind.AssemblyReference)
            return null;
        var assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
        var library = typeof(Vae).Assembly;
        return metadata.GetString(assembly.Name) == library.GetName().Name
            ? library.GetType($"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}", throwOnError: true)
            : null;
    }
}
