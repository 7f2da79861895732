using System.Text;

namespace Elbo.Tests;

/// <summary>Tables as spreadsheets and pandas write them.</summary>
public sealed class CsvFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(",a,b\n0,1.5,2\n1,3,4\n", "counts the rows")]
    [InlineData(",a,b\n7,1.5,2\n-3,3,4\n", "numbers the rows")]
    [InlineData("Unnamed: 0,a,b\n0,1.5,2\n1,3,4\n", "(Unnamed: 0) counts the rows")]
    [InlineData(";a;b\n0;1,5;2\n1;3;4\n", "counts the rows")]
    [InlineData("a,b,\n1.5,2,\n3,4,\n", null)]
    [InlineData("a,b\n1.5,2,\n3,4,\n", null)]
    [InlineData("a,b,\n1.5,2\n3,4\n", null)]
    [InlineData("a;b\n1,5;2\n3;4\n", null)]
    [InlineData("a;b\r\n1,5;2\r\n3;4,0\r\n", null)]
    [InlineData("a;b\n1.5;2\n3;4\n", null)]
    [InlineData("a\tb\n1,5\t2\n3\t4\n", null)]
    [InlineData("a,b\n\"1.5\",2\n3,4\n", null)]
    [InlineData("\uFEFFa,b\r\n1.5,2\r\n3,4\r\n", null)]
    public void An_index_a_trailing_comma_semicolons_and_decimal_commas_are_understood(string text, string? note)
    {
        File.WriteAllText(_folder["a.csv"], text);

        var table = CsvTable.Read(_folder["a.csv"], null, null);

        Assert.Equal(["a", "b"], table.Names);
        Assert.Equal([1.5, 2, 3, 4], table.Values);
        if (note is null)
            Assert.Null(table.Note);
        else
            Assert.Contains(note, table.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_column_of_other_numbers_stays_data_and_so_does_an_index_that_is_asked_for()
    {
        File.WriteAllText(_folder["a.csv"], "Unnamed: 0,a\n1,5\n2,6\n");
        Assert.Equal(["Unnamed: 0", "a"], CsvTable.Read(_folder["a.csv"], null, null).Names);

        File.WriteAllText(_folder["a.csv"], "Unnamed: 0,a\n0,5\n1,6\n");
        Assert.Equal([5, 0, 6, 1], CsvTable.Read(_folder["a.csv"], ["a", "Unnamed: 0"], null).Values);
    }

    [Fact]
    public void Files_in_UTF_16_with_a_byte_order_mark_are_read()
    {
        File.WriteAllText(_folder["a.csv"], "gr\u00f6\u00dfe\tb\n1,5\t2\n", Encoding.Unicode);

        var table = CsvTable.Read(_folder["a.csv"], null, null);

        Assert.Equal(["gr\u00f6\u00dfe", "b"], table.Names);
        Assert.Equal([1.5, 2], table.Values);
    }

    [Theory]
    [InlineData("gr\u00f6\u00dfe,b\n1,2\n", "line 1")]
    [InlineData("a,label\n1,2\n3,\u00e4\n", "line 3")]
    public void Names_in_Latin_1_are_refused_with_their_line(string text, string line)
    {
        File.WriteAllText(_folder["a.csv"], text, Encoding.Latin1);

        Rejected($"is not in UTF-8, as its {line} shows");
    }

    [Theory]
    [InlineData("a,b\n\"1,000.5\",2\n", "'1,000.5' on line 2 in the column a, not a number: write numbers without separators of thousands")]
    [InlineData("a;b\n1.000,5;2\n", "'1.000,5' on line 2 in the column a, not a number: write numbers without separators of thousands")]
    [InlineData("a;b\n1,5;2\n1.5;3\n", "'1.5' on line 3 in the column a, but another decimal mark before ('1,5')")]
    [InlineData("a,b\n\"1,5\",2\n", "'1,5' on line 2 in the column a, not a number")]
    [InlineData(",a\nx,2\n", "'x' on line 2 in the first column, which has no name")]
    [InlineData(",a\n3,2\n3,4\n", "first column without a name, whose values are no index")]
    [InlineData("a,,b\n1,2,3\n", "column 2 of 3 has none")]
    [InlineData("a,b,\n1,2,3\n", "does not have 2 values on line 2")]
    public void What_has_no_right_reading_is_refused(string text, string reason)
    {
        File.WriteAllText(_folder["a.csv"], text);

        Rejected(reason);
    }

    [Fact]
    public void A_dataset_says_what_was_left_out_and_which_columns_are_constant()
    {
        File.WriteAllText(_folder["train.csv"], ",a,b,label\n0,5,1.5,x\n1,5,2,y\n");
        File.WriteAllText(_folder["test.csv"], ",a,b,label\n2,5,1,x\n");

        var dataset = Dataset.FromFolder(_folder.Path);

        Assert.Equal(["a", "b"], dataset.Train.ValueNames!);
        Assert.Equal([5f, 1], dataset.Test.ToValues().Values.ToArray());
        Assert.Equal(2, dataset.Notes.Count);
        Assert.Contains("counts the rows and is left out", dataset.Notes[0], StringComparison.Ordinal);
        Assert.Contains("the same in all training rows: a.", dataset.Notes[1], StringComparison.Ordinal);
        Assert.Equal(dataset.Notes, dataset.WithAttributes(dataset.Train, dataset.Test).Notes);
        Assert.Equal(dataset.Notes, DatasetVerification.Verify(_folder.Path).Notes);
    }

    private void Rejected(string reason)
    {
        var message = Assert.Throws<InputException>(() => CsvTable.Read(_folder["a.csv"], null, null)).Message;
        Assert.StartsWith(_folder["a.csv"], message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_many_lines_has_the_limit_of_one()
    {
        var text = $"a\n\"{new string('x', 1000)}\n\"\n";
        using (var many = new LimitedLines(new StringReader(string.Concat(Enumerable.Repeat(text, 20_000))), "table.csv"))
            Assert.Equal(20_000L * text.Length, many.ReadToEnd().Length);
        var unclosed = "a,\"" + string.Concat(Enumerable.Repeat("xxxxxxx\n", 3 << 20));
        using var endless = new LimitedLines(new StringReader(unclosed), "table.csv");
        Assert.Contains("table.csv", Assert.Throws<InputException>(endless.ReadToEnd).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_gigabytes_of_zeros_is_refused_before_they_are_read()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "train.csv", "test.csv" })
            File.WriteAllText(folder[name], "a,b\n1,2\n");
        // A sparse file, which takes a few kilobytes of the disk.
        using (var stream = File.OpenWrite(folder["train.csv"]))
            stream.SetLength(3L << 30);
        var before = GC.GetTotalAllocatedBytes();

        var refused = Assert.Throws<InputException>(() => Dataset.FromFolder(folder.Path));

        Assert.Contains("train.csv has a line of more than 16777216 characters", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 500_000_000);
    }
}
