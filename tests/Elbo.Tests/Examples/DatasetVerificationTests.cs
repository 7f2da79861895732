namespace Elbo.Tests;

public sealed class DatasetVerificationTests : IDisposable
{
    private static readonly string MnistFolder = Path.Combine(AppContext.BaseDirectory, "data", "mnist");

    // The folder of Debian's package dataset-fashion-mnist.
    private static readonly string FashionFolder = "/usr/share/datasets/fashion-mnist";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_bundled_mnist_is_recognised()
    {
        var report = DatasetVerification.Verify(MnistFolder);

        Assert.True(report.IsUsable);
        Assert.Equal(("mnist", "mnist"), (report.KnownName, report.Verdict));
        Assert.Equal(["60000x28x28", "60000", "10000x28x28", "10000"], report.Files.Select(file => file.Dimensions));
        Assert.All(report.Files, file => Assert.Equal($"mnist {file.Name}", file.Known));
        Assert.Equal("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", report.Files[0].Sha256);
    }

    [Fact]
    public void Fashion_mnist_is_recognised_under_the_names_of_mnist()
    {
        RequireFashion();

        Assert.Equal("fashion-mnist", DatasetVerification.Verify(FashionFolder).KnownName);
        var dataset = Datasets.Load(FashionFolder);
        Assert.Equal(("fashion-mnist", "Ankle boot"), (dataset.Name, dataset.LabelNames![dataset.Train.Labels.Span[0]]));
        var thrown = Assert.Throws<InputException>(() => Mnist.Load(FashionFolder));
        Assert.Contains("it is fashion-mnist train-images-idx3-ubyte", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_one_dataset_with_labels_of_another_are_reported_as_a_mixture()
    {
        RequireFashion();
        foreach (var part in IdxParts.All)
            Copy(part, part.IsLabels() ? FashionFolder : MnistFolder);

        var report = DatasetVerification.Verify(_folder.Path);

        Assert.False(report.IsUsable);
        Assert.Null(report.KnownName);
        Assert.StartsWith("a mixture of mnist and fashion-mnist", report.Verdict, StringComparison.Ordinal);
        Assert.Contains("train-labels-idx1-ubyte of fashion-mnist", report.Verdict, StringComparison.Ordinal);
        Assert.Contains("a mixture", Assert.Throws<InputException>(() => IdxFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_file_under_the_name_of_another_is_reported()
    {
        foreach (var part in IdxParts.All)
            Copy(part, MnistFolder);
        File.Copy(IdxPart.TestImages.Find(MnistFolder)!, _folder["train-images-idx3-ubyte.gz"], overwrite: true);

        var report = DatasetVerification.Verify(_folder.Path);

        Assert.False(report.IsUsable);
        Assert.Equal("mnist t10k-images-idx3-ubyte under the name train-images-idx3-ubyte", report.Verdict);
    }

    [Fact]
    public void An_unknown_but_well_formed_dataset_is_usable()
    {
        IdxBytes.WriteFolder(_folder);

        var report = DatasetVerification.Verify(_folder.Path);

        Assert.True(report.IsUsable);
        Assert.Null(report.KnownName);
        Assert.Equal("unknown (well-formed, 3 training and 2 test images of 1x2x2, with labels)", report.Verdict);
        Assert.All(report.Files, file => Assert.Null(file.Known));
    }

    [Fact]
    public void Every_file_is_reported_if_one_is_corrupt_and_one_is_missing()
    {
        IdxBytes.WriteFolder(_folder);
        _folder.Write("train-images-idx3-ubyte", 1, 2, 3);
        File.Delete(_folder["t10k-labels-idx1-ubyte"]);

        var report = DatasetVerification.Verify(_folder.Path);

        Assert.False(report.IsUsable);
        Assert.Equal([true, true, true, false], report.Files.Select(file => file.Found));
        Assert.Equal([false, true, true, false], report.Files.Select(file => file.Sha256 is not null));
        Assert.Contains("truncated", report.Files[0].Problem, StringComparison.Ordinal);
        Assert.Null(report.Files[3].Problem);
        Assert.Equal(report.Problem, report.Verdict);
    }

    [Fact]
    public void A_folder_of_tables_is_verified_with_hashes_of_its_files()
    {
        File.WriteAllText(_folder["train.csv"], "a,b,label\n1,2,3\n4,5,6\n");
        File.WriteAllText(_folder["test.csv"], "a,b,label\n1,2,3\n");

        var report = DatasetVerification.Verify(_folder.Path);

        Assert.True(report.IsUsable);
        Assert.Equal([("train.csv", "2x2"), ("test.csv", "1x2")], report.Files.Select(file => (file.Name, file.Dimensions!)));
        // Of coreutils' sha256sum.
        Assert.Equal("a8cde643b4dd74d42c3d143214b818c81b06564d515545d6096034baf3f0db17", report.Files[0].Sha256);
        Assert.Contains("2 training and 1 test rows of 2 numbers, with labels", report.Verdict, StringComparison.Ordinal);
        File.WriteAllText(_folder["test.csv"], "a,b,label\n1,,3\n");
        report = DatasetVerification.Verify(_folder.Path);
        Assert.False(report.IsUsable);
        Assert.Equal([null, report.Problem], report.Files.Select(file => file.Problem));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_rejected() =>
        Assert.Throws<InputException>(() => DatasetVerification.Verify(_folder["none"]));

    private static void RequireFashion() =>
        Assert.SkipUnless(Directory.Exists(FashionFolder), $"Fashion-MNIST is not in {FashionFolder} (Debian: dataset-fashion-mnist).");

    private void Copy(IdxPart part, string source)
    {
        var path = part.Find(source)!;
        File.Copy(path, _folder[Path.GetFileName(path)]);
    }
}
