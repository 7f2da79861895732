using System.Globalization;

namespace Elbo.Studio.Tests;

/// <summary>Writes folders with small data.</summary>
internal static class DataFolders
{
    /// <summary>Rows of two numbers with a label, and two attributes in tables of their own.</summary>
    public static string WriteTable(string folder, int training = 60, int test = 20)
    {
        Directory.CreateDirectory(Path.Combine(folder, "attributes"));
        Write("train.csv", training);
        Write("test.csv", test);
        return folder;

        void Write(string name, int count)
        {
            var random = new Random(count);
            string[] rows = [.. Enumerable.Range(0, count).Select(i => $"{Number()},{Number()},{i % 3}")];
            File.WriteAllLines(Path.Combine(folder, name), ["x,y,label", .. rows]);
            rows = [.. Enumerable.Range(0, count).Select(_ => $"{Number()},{Number()}")];
            File.WriteAllLines(Path.Combine(folder, "attributes", name), ["slant,line width", .. rows]);

            string Number() => random.NextDouble().ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
