using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Elbo.Tests;

public class RowDatasetTests
{
    [Fact]
    public void Rows_have_the_values_names_and_labels_that_were_given()
    {
        var rows = RowDataset.FromRows([[1, -2.5], [3, 1e300]], [300, 0], ["mass", "charge"]);

        Assert.Equal((2, ValueShape.Vector(2)), (rows.Count, rows.Shape));
        Assert.Equal(301, rows.LabelCount);
        Assert.Equal(["mass", "charge"], rows.ValueNames!);
        var read = new double[4];
        rows.Read([1, 0], read);
        Assert.Equal([3, 1e300, 1, -2.5], read);
    }

    [Fact]
    public void The_hash_is_over_values_labels_and_attributes()
    {
        var values = new float[] { 1, 2, 3, 4 };
        var bytes = new byte[20];
        foreach (var (index, value) in values.Index())
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * index), value);
        (bytes[16], bytes[17]) = (5, 6);
        var rows = new RowDataset(ValueShape.Vector(2), values, new[] { 5, 6 });

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, 18))), rows.Sha256);
        Assert.NotEqual(rows.Sha256, rows.WithAttributes(rows).Sha256);
        Assert.NotEqual(rows.Sha256, rows.WithLabels(new[] { 5, 7 }).Sha256);
        Assert.Equal(rows.Sha256, rows.Subset([0, 1]).Sha256);
        Assert.NotEqual(rows.Sha256, rows.Subset([1, 0]).Sha256);
    }

    [Fact]
    public void A_subset_of_pairs_keeps_rows_attributes_labels_and_indices_together()
    {
        var x = RowDataset.FromRows([[10], [11], [12], [13]]);
        var y = RowDataset.FromRows([[0], [1], [2], [3]], [3, 2, 1, 0]).WithAttributes(x);

        var subset = y.Subset([3, 1, 2]).Subset([0, 2, 0]);

        Assert.Equal([3f, 2, 3], subset.ToValues().Values.ToArray());
        Assert.Equal([13f, 12, 13], subset.Attributes!.ToValues().Values.ToArray());
        Assert.Equal([0, 1, 0], subset.Labels.ToArray());
        Assert.Equal([3L, 2, 3], subset.Indices.ToArray());
    }

    [Fact]
    public void Statistics_and_standardisation_have_the_digits_of_a_float64()
    {
        // In float32 all of these are 1,000,000,000.
        var rows = RowDataset.FromRows(Enumerable.Range(1, 9).Select(i => new[] { 1e9 + i, 7.0 }));

        var standardization = Standardization.Of(rows);

        Assert.Equal([1e9 + 5, 7], standardization.Mean);
        Assert.Equal(Math.Sqrt(60.0 / 9), standardization.Deviation[0], 1e-12);
        Assert.Equal(1, standardization.Deviation[1]);
        var (values, standardized) = (new double[18], new float[18]);
        rows.Read([.. Enumerable.Range(0, 9)], values);
        standardization.Apply(values, standardized);
        Assert.Equal(-4 / Math.Sqrt(60.0 / 9), standardized[0], 1e-7);
        Assert.Equal(0, standardized[1]);
        Assert.Equal(1e9 + 1, standardization.Invert(standardized)[0], 1e-6);
    }

    [Fact]
    public void Binarity_is_one_for_bits_and_that_of_MNIST_is_high()
    {
        Assert.Equal(1, RowDataset.FromRows([[0, 1], [1, 1]]).Statistics.Binarity, 1e-12);
        // The variance of uniform numbers is 1/12, a third of the largest.
        Assert.Equal(
            1.0 / 3, RowDataset.FromRows(Enumerable.Range(0, 1001).Select(i => new[] { i / 1000.0 })).Statistics.Binarity, 1e-3);
        Assert.Equal(double.NaN, RowDataset.FromRows([[0, 2]]).Statistics.Binarity);
        Assert.InRange(Mnist.LoadTest().Statistics.Binarity, 0.8, 0.9);
    }

    [Fact]
    public void Rows_that_do_not_fit_together_are_rejected_with_one_sentence()
    {
        Rejected("not a whole number of rows of 2", () => new RowDataset(ValueShape.Vector(2), new float[3]));
        Rejected("1 names", () => RowDataset.FromRows([[1, 2]], names: ["a"]));
        Rejected("2 labels for 1", () => RowDataset.FromRows([[1, 2]], [0, 1]));
        Rejected("the label -1", () => RowDataset.FromRows([[1, 2]], [-1]));
        Rejected("names for 1 labels", () => RowDataset.FromRows([[1, 2]], [1], labelNames: ["zero"]));
        Rejected("2 rows of attributes for 1", () => RowDataset.FromRows([[1]]).WithAttributes(RowDataset.FromRows([[1], [2]])));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_rows_of_several_lengths_are_refused_by_the_name_of_the_parameter()
    {
        Refused("rows", "Row 1 (zero-based) has 1 numbers, but the first has 2", () => RowDataset.FromRows([[1, 2], [3]]));
        Refused("rows", "Example 1 (zero-based)", () => RowDataset.FromRows([[1, 2], [3, double.NaN]]));
        Refused("rows", "column b", () => RowDataset.FromRows([[1, double.NegativeInfinity]], names: ["a", "b"]));
        Refused("rows", "No rows", () => RowDataset.FromRows([]));
        Refused("values", "Example 1 (zero-based)", () => new RowDataset(ValueShape.Vector(1), new[] { 1f, float.NaN }));
        Refused("values", "column 1", () => new RowDataset(ValueShape.Vector(2), new[] { 1, double.PositiveInfinity }));

        static void Refused(string parameter, string reason, Func<object> create) =>
            Assert.Contains(reason, Assert.Throws<ArgumentException>(parameter, create).Message, StringComparison.Ordinal);
    }

    private static void Rejected(string reason, Func<object> create) =>
        Assert.Contains(reason, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);
}
