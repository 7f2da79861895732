namespace Elbo.Tests;

public class TrainingLengthTests
{
    [Theory]
    [InlineData(55_000, 128, 20)]           // MNIST
    [InlineData(int.MaxValue, 1, 20)]
    [InlineData(6_273, 128, 20)]            // 50 steps
    [InlineData(6_272, 128, 21)]            // 49 steps
    [InlineData(1_834, 128, 67)]            // 15 steps
    [InlineData(640, 128, 200)]             // 5 steps
    [InlineData(512, 128, 200)]             // 4 steps would need 250
    [InlineData(1, 128, 200)]
    public void Small_data_is_trained_on_for_a_thousand_steps_but_for_200_epochs_at_most(int examples, int batchSize, int epochs) =>
        Assert.Equal(epochs, TrainingLength.DefaultFor(examples, batchSize));

    [Fact]
    public void A_run_records_the_number_that_its_data_determined_and_resumes_to_it()
    {
        using var folders = new TemporaryFolder();
        var folder = folders["run"];
        // 140 examples in 9 steps, under a schedule that has to know the end.
        var options = SmallRuns.Options(folder) with { Epochs = null, LearningRateSchedule = LearningRateSchedules.Cosine };
        using (var model = SmallRuns.Model())
        {
            using var stop = new CancellationTokenSource();
            var trainer = new Trainer(model, options)
            {
                AtMoment = (moment, step) =>
                {
                    if (moment == TrainingMoment.Step && step == SmallRuns.StepsPerEpoch + 3)
                        stop.Cancel();
                },
            };
            Assert.Equal(112, trainer.Check(SmallRuns.Data.Train).Training.Epochs);
            Assert.Equal(RunState.Interrupted, trainer.Fit(SmallRuns.Data, cancellationToken: stop.Token).State);
        }

        var directory = RunDirectory.Open(folder);
        var configuration = directory.ReadConfiguration();
        Assert.Equal(112, configuration.Training.Epochs);

        // As a person may have edited it.
        (configuration with { Training = configuration.Training with { Epochs = null } }).Save(directory.ConfigurationPath);
        using (var run = Run.Load(folder))
            Assert.Equal(RunState.Interrupted, run.Resume(SmallRuns.Data, cancellationToken: new(canceled: true)).State);

        Assert.Equal(112, directory.ReadConfiguration().Training.Epochs);
    }
}
