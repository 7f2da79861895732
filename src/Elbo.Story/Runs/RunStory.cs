namespace Elbo.Story;

/// <summary>The models and pictures of a user's own runs that the story can show.</summary>
internal sealed class RunStory
{
    private const int ImagesOfFigures = 10_000;

    private readonly SortedDictionary<string, StoryModel> _models = new(StringComparer.Ordinal);
    private readonly List<BetaMember> _betas = [];
    private readonly List<string> _notes = [];
    private StoryDigits? _digits;
    private DatasetRecord? _data;

    /// <summary>One sentence for each run that is not in the story, or not among the betas of its eighth scene.</summary>
    public IReadOnlyList<string> Notes => Family is null ? _notes : [.. _notes, .. Family.NotesOn(_betas)];

    /// <summary>What scenes need, in other words than <see cref="SceneNeed"/> has, by the names of packs that are missing.</summary>
    public IReadOnlyDictionary<string, string> Needs
    {
        get
        {
            var obstacle = Family is not null ? null
                : BetaFamily.ObstacleOf(_betas) ?? (_betas.Count == 0 ? null : "the pictures in the story are not of their data");
            return obstacle is null
                ? new Dictionary<string, string>()
                : new() { [BetaPack.Name] = $"{SceneNeed.Of(BetaPack.Name)}, and {obstacle}" };
        }
    }

    private bool IsMnist => _data?.Name == Datasets.Mnist;

    // Its scene shows codes of the pictures in the story.
    private BetaFamily? Family => BetaFamily.Among(_betas) is { } family && family.Members[0].IsOf(_data) ? family : null;

    /// <summary>Adds a run in the first place that is free for it.</summary>
    /// <exception cref="InputException">Its data cannot be read.</exception>
    public void Add(Run run)
    {
        var (ids, obstacle) = RunRole.Of(run.Configuration);
        string[] free = [.. ids.Where(id => !_models.ContainsKey(id))];
        if (free.Length == 0)
        {
            _notes.Add($"{run.Folder} is not in the story: {obstacle ?? "another run has its place already"}.");
            return;
        }

        var test = TestOf(run);
        var figures = test is null ? null : FiguresOf(run, test);
        foreach (var id in free)
            _models.Add(id, StoryModel.Of(id, run.Configuration, figures, RunWeights.Of(id, run.Model), id == StoryModels.Plane));
        if (test is null)
            return;
        var data = run.Directory.ReadRecord().Dataset;
        if (_digits is null)
            (_digits, _data) = (StoryDigits.Of(test), data);
        if (_models[free[0]].IsPlane)
            _betas.Add(new BetaMember(free[0], run.Folder, run.Configuration, data));
    }

    /// <summary>The packs of all that was added.</summary>
    public IReadOnlyList<Pack> ToPacks(bool withData)
    {
        var packs = new List<Pack>();
        if (withData && _digits is not null)
            packs.AddRange(IsMnist ? _digits.ToPacks() : _digits.ToPacks("the data of the runs"));
        if (IsMnist)
            packs.Add(ModelPack.Of(StoryModels.Bundled().Classifier));
        var digits = _digits is null ? null : new Lazy<StoryDigits>(_digits);
        packs.AddRange(StoryPacks.OfModels(_models, digits, chosen: null, Family).Select(source => source.Pack));
        return packs;
    }

    private ExampleSet? TestOf(Run run)
    {
        if (run.Configuration.Data.Source is null)
        {
            _notes.Add($"{run.Folder} does not say where its data is, so that no pictures of it are in the story.");
            return null;
        }

        var test = run.Directory.LoadData().Test;
        if (run.Model.FindMisfit(test) is { } misfit)
            throw new InputException($"{run.Folder}: {misfit}");
        if (test.HasLabels && test.LabelCount <= 10)
            return test;
        _notes.Add($"The data of {run.Folder} has no labels from 0 to 9, so that no pictures of it are in the story.");
        return null;
    }

    private static StoryFigures FiguresOf(Run run, ExampleSet test)
    {
        var some = test.Subset([.. Enumerable.Range(0, Math.Min(ImagesOfFigures, test.Count))]);
        var terms = SplitEvaluation.Evaluate(run.Model, some, seed: run.Configuration.Training.Seed);
        return terms.IsFinite
            ? StoryFigures.Of(terms, run.Model.LatentSize)
            : throw new InputException(
                $"The terms of {run.Folder} are not finite numbers: its weights are damaged, or its training diverged.");
    }
}
