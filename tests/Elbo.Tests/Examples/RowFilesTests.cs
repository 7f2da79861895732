using System.Globalization;

namespace Elbo.Tests;

/// <summary>Rows of numbers from NumPy and CSV files.</summary>
public sealed class RowFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_numpy_file_of_two_dimensions_is_rows_and_of_one_dimension_rows_of_one_number()
    {
        File.WriteAllText(_folder["labels.txt"], "300\n0\n");
        var rows = RowDataset.FromNpy(
            _folder.Write("a.npy", NpyBytes.Doubles("(2, 3)", 1, 1e300, 3, 4, 5, 6)), _folder["labels.txt"], ["a", "b", "c"]);

        Assert.Equal((2, ValueShape.Vector(3), 301), (rows.Count, rows.Shape, rows.LabelCount));
        Assert.Equal(["a", "b", "c"], rows.ValueNames!);
        Assert.Equal([4, 5, 6, 1, 1e300, 3], Read(rows, 1, 0));
        Assert.Equal([-0.5, 7], Read(RowDataset.FromNpy(_folder.Write("b.npy", NpyBytes.Floats("(2,)", -0.5f, 7))), 0, 1));
        Assert.Equal([9e15, -7], Read(RowDataset.FromNpy(_folder.Write("c.npy", NpyBytes.Int64s("(1, 2)", 9_000_000_000_000_000, -7))), 0));
        Assert.Equal([3, 255], Read(RowDataset.FromNpy(_folder.Write("d.npy", NpyBytes.File("|u1", "(1, 2)", 3, 255))), 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_mapped_file_has_the_numbers_of_one_that_is_read(bool wide)
    {
        var path = _folder.Write("a.npy", wide ? NpyBytes.Doubles("(2, 2)", 1, -2.5, 3, 1e300) : NpyBytes.Floats("(2, 2)", 1, -2.5f, 3, 4));

        var (mapped, read) = (RowFiles.ReadNpy(path, mappedFrom: 0), RowFiles.ReadNpy(path));

        Assert.Equal(Read(read, 1, 0), Read(mapped, 1, 0));
        Assert.Equal(read.ToValues(0).Values.ToArray(), mapped.ToValues(0).Values.ToArray());
        Assert.Equal(read.Sha256, mapped.Sha256);
    }

    [Fact]
    public void Invalid_arrays_are_rejected_with_their_file()
    {
        AssertRejected(() => RowDataset.FromNpy(_folder.Write("a.npy", NpyBytes.Floats("(1, 1, 2)", 1, 2))), "[1, 1, 2]");
        AssertRejected(() => RowDataset.FromNpy(_folder.Write("a.npy", NpyBytes.Floats("(0, 2)"))), "[0, 2]");
        AssertRejected(() => RowDataset.FromNpy(_folder.Write("a.npy", NpyBytes.Floats("(2, 1)", 1, float.NaN))), "1");
        File.WriteAllText(_folder["labels.txt"], "1\n");
        AssertRejected(
            () => RowDataset.FromNpy(_folder.Write("a.npy", NpyBytes.Floats("(2, 1)", 1, 2)), _folder["labels.txt"]), "1 labels for 2");
        Assert.Throws<InputException>(() => RowDataset.FromNpy(_folder["absent.npy"]));
    }

    [Fact]
    public void A_csv_file_has_names_and_labels_of_texts_in_ordinal_order()
    {
        File.WriteAllText(_folder["a.csv"], "mass,kind,charge\n1.5,quark,-1\n2,\"Lepton\",4e1\n3,quark,0\n");

        var rows = RowDataset.FromCsv(_folder["a.csv"], labelColumn: "kind");

        Assert.Equal(["mass", "charge"], rows.ValueNames!);
        Assert.Equal(["Lepton", "quark"], rows.LabelNames!);
        Assert.Equal([1, 0, 1], rows.Labels.ToArray());
        Assert.Equal([1.5, -1, 2, 40, 3, 0], Read(rows, 0, 1, 2));
        var chosen = RowDataset.FromCsv(_folder["a.csv"], ["charge"]);
        Assert.False(chosen.HasLabels);
        Assert.Equal([-1.0, 40, 0], Read(chosen, 0, 1, 2));
    }

    [Fact]
    public void Labels_that_are_integers_stay_what_they_are()
    {
        File.WriteAllText(_folder["a.csv"], "x,label\n1,10\n2,9\n");

        var rows = RowDataset.FromCsv(_folder["a.csv"], labelColumn: "label");

        Assert.Equal([10, 9], rows.Labels.ToArray());
        Assert.Null(rows.LabelNames);
    }

    [Theory]
    [InlineData("a,\"b, \"\"c\"\"\",kind\n1,2,x\n3,4,y\n")]
    [InlineData("a,\"b, \"\"c\"\"\",kind\r\n1,2,x\r\n3,4,y\r\n\r\n")]
    [InlineData("a,\"b, \"\"c\"\"\",kind\n1,2,x\n3,4,y")]
    [InlineData("\uFEFFa,\"b, \"\"c\"\"\",kind\n1, \"2\" ,\"x\"\n\"3\",4,y\n\n\n")]
    public void A_csv_file_is_read_with_quotes_and_any_end_of_line_and_a_byte_order_mark(string text)
    {
        File.WriteAllText(_folder["a.csv"], text);

        var rows = RowDataset.FromCsv(_folder["a.csv"], labelColumn: "kind");

        Assert.Equal(["a", "b, \"c\""], rows.ValueNames!);
        Assert.Equal([1.0, 2, 3, 4], Read(rows, 0, 1));
        Assert.Equal(["x", "y"], rows.LabelNames!);
    }

    [Fact]
    public void A_csv_file_has_line_breaks_in_quotes_and_numbers_do_not_depend_on_the_culture()
    {
        File.WriteAllText(_folder["a.csv"], "a,kind,\"two\r\nlines\"\n1.5,\"one\n,kind\",2\n-3,other,4e1\n");
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            var rows = RowDataset.FromCsv(_folder["a.csv"], labelColumn: "kind");

            Assert.Equal(["a", "two\r\nlines"], rows.ValueNames!);
            Assert.Equal(["one\n,kind", "other"], rows.LabelNames!);
            Assert.Equal([1.5, 2, -3, 40], Read(rows, 0, 1));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Values_are_written_to_a_csv_file_that_reads_as_the_same_numbers()
    {
        var values = ExampleValues.FromDoubles(ValueShape.Vector(2), [0.1, -1e300, 1_000_000_001.25, 5e-324]);

        values.SaveCsv(_folder["a.csv"], ["plain", "of \"x\", and y"], [7, 0]);

        Assert.StartsWith(
            "plain,\"of \"\"x\"\", and y\",label\n0.1,-1E+300,7\n", File.ReadAllText(_folder["a.csv"]), StringComparison.Ordinal);
        var read = RowDataset.FromCsv(_folder["a.csv"], labelColumn: "label");
        Assert.Equal(["plain", "of \"x\", and y"], read.ValueNames!);
        Assert.Equal([0.1, -1e300, 1_000_000_001.25, 5e-324], Read(read, 0, 1));
        Assert.Equal([7, 0], read.Labels.ToArray());
        new ExampleValues(ValueShape.Vector(2), [0.1f, 2]).SaveCsv(_folder["b.csv"]);
        Assert.Equal("0,1\n0.1,2\n", File.ReadAllText(_folder["b.csv"]));
        Assert.Throws<ArgumentException>("names", () => values.SaveCsv(_folder["c.csv"], ["a"]));
        Assert.Throws<ArgumentException>("labels", () => values.SaveCsv(_folder["c.csv"], labels: [1]));
        Assert.False(File.Exists(_folder["c.csv"]));
    }

    [Theory]
    [InlineData("a,label\n1,2\n3\n", "line 3")]
    [InlineData("a,label\n1,2\n3,4,5\n", "does not have 2 values on line 3")]
    [InlineData("a,label\n1,2\nx,2\n", "'x' on line 3 in the column a")]
    [InlineData("a,label\n1,2\n3,\n", "no value on line 3 in the column label")]
    [InlineData("a,label\n1,2\n,3\n", "no value on line 3 in the column a")]
    [InlineData("a,label\n1,2\n\n3,4\n", "does not have 2 values on line 3")]
    [InlineData("a,label\n1,\"x\ny\"\nz,4\n", "'z' on line 4 in the column a")]
    [InlineData("a,label\r\n1,\"x\r\n2,3\r\n", "quotation mark on line 2")]
    [InlineData("a,label\n1,2\n3,\"x\"y\n", "quotation mark on line 3")]
    [InlineData("a|label\n1|2\n", "no column 'label'")]
    [InlineData("a,label\n1,-1\n", "label -1")]
    [InlineData("a,label\n1,2\nNaN,2\n", "'NaN' on line 3 in the column a, not a finite number")]
    [InlineData("a,b\n1,2\n", "no column 'label'")]
    [InlineData("a,label\n", "no rows")]
    [InlineData("label\n1\n", "no rows")]
    [InlineData("1.5,2\n3,4\n", "line of column names")]
    [InlineData("", "line of column names")]
    public void An_invalid_csv_file_is_rejected_with_file_and_line(string text, string reason)
    {
        File.WriteAllText(_folder["a.csv"], text);

        AssertRejected(() => RowDataset.FromCsv(_folder["a.csv"], labelColumn: "label"), reason);
    }

    private void AssertRejected(Func<RowDataset> read, string reason)
    {
        var message = Assert.Throws<InputException>(read).Message;
        Assert.StartsWith(_folder.Path, message, StringComparison.Ordinal);
        Assert.Contains(reason, message[_folder.Path.Length..], StringComparison.Ordinal);
    }

    private static double[] Read(RowDataset rows, params int[] indices)
    {
        var values = new double[indices.Length * rows.Shape.Size];
        rows.Read(indices, values);
        return values;
    }
}
