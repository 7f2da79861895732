namespace Elbo;

/// <summary>What a stream of random numbers is for. The numbers are part of every saved run: never reorder or reuse one.</summary>
internal enum RandomPurpose
{
    Weights = 1,
    ValidationSplit = 2,
    BatchOrder = 3,
    Noise = 4,
    Binarization = 5,
    EvaluationNoise = 6,
    EvaluationBinarization = 7,
    Preview = 8,
    Sampling = 9,
    Drawing = 10,
    Classifier = 11,
    ImportanceSampling = 20,
    PriorMonteCarlo = 21,
    KlDecomposition = 22,
}
