namespace Elbo.Tests;

public sealed class SourceLayersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SourceLayersTests()
    {
        Write("Low", "Home.cs", "class Home { }");
        Write("High", "Plane.cs", "class Plane { public static int Size; }");
        Write("High", "Flights.cs", "static class Flights { public static void Fly(this object o) { } }");
        Write("High", "Card.razor", "<p>@Text</p>");
        Write("Beside", "Neighbour.cs", "class Neighbour { }");
        Write("", "Program.cs", "new Plane().Fly();");
    }

    [Theory]
    [InlineData("A.cs", "class A { object _plane = new Plane(); }")]
    [InlineData("A.cs", "class A { int _size = Plane.Size; }")]
    [InlineData("A.cs", "class A { string _text = $\"{Plane.Size} metres\"; }")]
    [InlineData("A.cs", "class A : List<Plane> { }")]
    [InlineData("A.cs", "class A { public Plane Plane { get; } }")]
    [InlineData("A.cs", "class A { int Plane => 1; void Fly(Plane plane) { } }")]
    [InlineData("A.cs", "class A { void Start(object o) => o.Fly(); }", "Fly")]
    [InlineData("A.razor", "<Plane Width=\"3\" />")]
    [InlineData("A.razor", "<Card />", "Card")]
    [InlineData("A.razor", "@inject Plane Plane")]
    [InlineData("A.razor", "<p title=\"@Plane.Size\"></p>")]
    [InlineData("A.razor", "@code { Type Of() => typeof(High.Card); }", "Card")]
    [InlineData("A.cs", "class A { Neighbour? _next; }", "Neighbour", "Beside")]
    public void A_name_of_a_later_layer_or_of_a_folder_beside_is_found(
        string file, string text, string name = "Plane", string home = "High")
    {
        Write("Low", file, text);

        Assert.Equal([$"{Path.Combine("Low", file)} names {name} of {home}"], Layers().Violations());
    }

    [Theory]
    [InlineData("A.cs", "// A Plane.\nclass A { string _text = \"Plane\"; char _quote = '\"'; /* Plane */ }")]
    [InlineData("A.cs", "class A { int Plane => 1; int Fly() => Plane; }")]
    [InlineData("A.cs", "class A { void Start(A a) => a.Plane = 1; }")]
    [InlineData("A.cs", "enum A { Plane, Train }")]
    [InlineData("A.cs", "class A { Home Plane(int n) => n > 0 ? Plane(n - 1) : new Home(); }")]
    [InlineData("A.razor", "@* <Plane /> *@<!-- <Plane /> --><p>@_view.Plane</p>")]
    public void A_comment_a_text_or_a_member_of_the_same_name_is_not(string file, string text)
    {
        Write("Low", file, text);

        Assert.Equal([], Layers().Violations());
    }

    [Fact]
    public void A_folder_without_a_layer_is_found()
    {
        Write("Other", "B.cs", "class B { }");

        Assert.Equal(["Other has no layer"], Layers().Violations());
    }

    [Fact]
    public void A_type_of_the_root_is_of_the_layer_that_the_root_has()
    {
        Write("", "Options.cs", "class Options { }");
        Write("High", "C.cs", "class C { Options? _options; }");

        Assert.Equal([$"{Path.Combine("High", "C.cs")} names Options of the root"], Layers().Violations());
    }

    public void Dispose() => _folder.Dispose();

    private SourceLayers Layers() => new(_folder.Path, "Low Beside", "High", "");

    private void Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllText(_folder[folder, name], text);
    }
}
