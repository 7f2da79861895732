using System.Globalization;
using Elbo.Inference;

// elbo-native MODEL OUTPUT.png [LABEL [SEED]]: draws a picture from a run or an export, and scores it.
if (args is not [var folder, var output, ..])
{
    Console.Error.WriteLine("usage: elbo-native MODEL OUTPUT.png [LABEL [SEED]]");
    return 2;
}

try
{
    var model = InferenceModel.Load(folder);
    int? label = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : null;
    var seed = args.Length > 3 ? ulong.Parse(args[3], CultureInfo.InvariantCulture) : 0;
    var values = model.Sample(1, label, seed);
    var shape = model.Description.Shape;
    File.WriteAllBytes(output, PngImage.Encode(values, shape[0], shape[1], shape[2]));
    Console.WriteLine($"a sample of a {model.Description.Kind} in {output}");
    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException or FormatException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 3;
}
