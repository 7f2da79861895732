namespace Elbo.Tests;

public sealed class AttributeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, new[] { "name", "slant" }, "1.5,2,-3,4e1")]
    [InlineData("slant", new[] { "slant" }, "2,40")]
    [InlineData("slant,name", new[] { "slant", "name" }, "2,1.5,40,-3")]
    public void A_csv_file_has_named_columns(string? columns, string[] names, string values)
    {
        File.WriteAllText(_folder["a.csv"], "name,\"slant\"\r\n1.5, 2\r\n-3,\"4e1\"\r\n\r\n");

        var read = AttributeFile.Read(_folder["a.csv"], columns?.Split(','), 2);

        Assert.Equal(names, read.ValueNames);
        Assert.Equal(values.Split(',').Select(float.Parse), read.ToValues().Values.ToArray());
    }

    [Fact]
    public void Unselected_columns_may_contain_anything()
    {
        File.WriteAllText(_folder["a.csv"], "file,width\n\"a,\"\"b\"\".png\",3\n");

        Assert.Equal([3], AttributeFile.Read(_folder["a.csv"], ["width"], 1).ToValues().Values.ToArray());
    }

    [Theory]
    [InlineData(null, "1,2,3,4,5,6")]
    [InlineData("2,0", "3,1,6,4")]
    public void A_numpy_file_has_numbered_columns(string? columns, string values)
    {
        NpyFile.Write(_folder["a.npy"], [2, 3], new float[] { 1, 2, 3, 4, 5, 6 });

        Assert.Equal(
            values.Split(',').Select(float.Parse),
            AttributeFile.Read(_folder["a.npy"], columns?.Split(','), 2).ToValues().Values.ToArray());
    }

    [Fact]
    public void A_numpy_file_of_one_dimension_is_one_column()
    {
        NpyFile.Write(_folder["a.npy"], [3], new float[] { 1, 2, 3 });

        var attributes = AttributeFile.Read(_folder["a.npy"], null, 3);
        Assert.Equal((1, 3), (attributes.Shape.Size, attributes.Count));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "1 rows of attributes for 2 images")]
    [InlineData("a,b\n1,2\n3,4\n5,6\n", "3 rows of attributes for 2 images")]
    [InlineData("a,b\n1,2\n3,NaN\n", "'NaN' on line 3 in the column b, not a finite number")]
    [InlineData("a,b\n1,2\n3,1e999\n", "'1e999' on line 3 in the column b, not a finite number")]
    [InlineData("a,b\n1,2\n3,x\n", "'x' on line 3 in the column b")]
    [InlineData("a,b\n1,2\n3\n", "line 3")]
    [InlineData("a,b\n1,\"2\n3,4\n", "line 2")]
    [InlineData("", "line of column names")]
    public void An_invalid_file_is_rejected_with_the_location(string text, string reason)
    {
        File.WriteAllText(_folder["a.csv"], text);

        var thrown = Assert.Throws<InputException>(() => AttributeFile.Read(_folder["a.csv"], null, 2));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("a.csv", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_duplicate_column_is_rejected()
    {
        File.WriteAllText(_folder["a.csv"], "a,b\n1,2\n");
        NpyFile.Write(_folder["a.npy"], [1, 2, 1], new float[] { 1, 2 });

        Assert.Throws<InputException>(() => AttributeFile.Read(_folder["a.csv"], ["c"], 1));
        Assert.Throws<SettingsException>(() => AttributeFile.Read(_folder["a.csv"], ["a", "a"], 1));
        Assert.Throws<InputException>(() => AttributeFile.Read(_folder["a.npy"], null, 1));
        Assert.Throws<InputException>(() => AttributeFile.Read(_folder["absent.csv"], null, 1));
    }
}
