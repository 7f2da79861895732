namespace Elbo.Tests;

public class AttributeFileTests
{
    [Fact]
    public void Columns_of_a_csv_file_are_taken_in_the_order_asked_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.csv"], "age, height,name\n1,2.5,0\n-3,4e-1,0\n");

        Assert.Equal([2.5f, 1f, 0.4f, -3f], AttributeFile.Read(folder["a.csv"], 2, ["height", "age"]));
        Assert.Throws<ConfigurationException>(() => AttributeFile.Read(folder["a.csv"], 2, ["weight"]));
        Assert.Throws<DataException>(() => AttributeFile.Read(folder["a.csv"], 3));
    }

    [Theory]
    [InlineData("a,b\n1\n")]
    [InlineData("a,b\n1,NaN\n")]
    [InlineData("a,b\n1,x\n")]
    [InlineData("a,b\n1,\u221e\n")]
    [InlineData("")]
    public void What_is_not_a_finite_number_for_each_image_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.csv"], text);

        Assert.Throws<DataException>(() => AttributeFile.Read(folder["a.csv"], 1));
    }

    [Fact]
    public void An_array_of_numbers_is_read_row_by_row_and_kept_beside_the_images_of_an_import()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["images.npy"], [4, 2, 2], new float[16]);
        NpyFile.Write(folder["attributes.npy"], [4, 2], new float[] { 0, 1, 2, 3, 4, 5, 6, 7 });

        var imported = ImageImport.Import(new ImportOptions
        {
            Source = folder["images.npy"], Output = folder["data"], Attributes = folder["attributes.npy"], TestFraction = 0.25,
        }).Dataset;
        var loaded = IdxFolder.Load(folder["data"]);

        Assert.Equal(2, loaded.Train.AttributeCount);
        Assert.Equal(imported.Train.Attributes.ToArray(), loaded.Train.Attributes.ToArray());
        Assert.Equal(imported.Train.Sha256, loaded.Train.Sha256);
        Assert.Equal(
            Enumerable.Range(0, 8), loaded.Train.Attributes.ToArray().Concat(loaded.Test.Attributes.ToArray()).Select(value => (int)value).Order());
        File.Delete(Path.Combine(folder["data"], AttributeFile.TestName));
        Assert.Throws<DataException>(() => IdxFolder.Load(folder["data"]));
    }
}
