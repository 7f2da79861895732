using System.Collections;

namespace Elbo.Tests;

public class SettingsEqualityTests
{
    private static readonly object[] Defaults =
    [
        new RunConfiguration { Model = new() }, new DataConfiguration(), new ModelOptions(), new NetworkOptions(), new ObjectiveOptions(),
        new TrainerOptions(),
    ];

    public static TheoryData<string, string> Lists
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var settings in Defaults.Select(settings => settings.GetType()))
            {
                foreach (var property in settings.GetProperties().Where(property => IsList(property.PropertyType)))
                    data.Add(settings.Name, property.Name);
            }

            return data;
        }
    }

    // What has no init property is compared as a whole below.
    [Fact]
    public void All_settings_are_among_those_whose_lists_are_compared()
    {
        var known = Defaults.Select(settings => settings.GetType()).ToHashSet();

        Assert.Equal(4, Lists.Count);
        Assert.All(
            known.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType)
                .Where(type => type.Assembly == typeof(ModelOptions).Assembly && type is { IsClass: true, IsAbstract: false }),
            // A standardisation compares its lists itself, which StandardizedModelTests sees.
            type => Assert.True(type == typeof(Standardization) || known.Contains(type), type.Name));
    }

    [Fact]
    public void Defaults_are_names_that_are_registered() => Assert.Equal(
        (Posteriors.Gaussian, Networks.Perceptron, Activations.Default, Objectives.Bound),
        (new ModelOptions().Posterior, new NetworkOptions().Kind, new NetworkOptions().Activation, new ObjectiveOptions().Kind));

    [Theory]
    [MemberData(nameof(Lists))]
    public void Settings_with_equal_lists_are_equal(string name, string property)
    {
        var list = Defaults.Select(settings => settings.GetType()).Single(type => type.Name == name).GetProperty(property)!;
        var (first, second, other, withDefaults) = (With(3, 4), With(3, 4), With(4, 3), Copy());

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, other);
        Assert.NotEqual(first.GetHashCode(), other.GetHashCode());
        Assert.Equal(Copy(), withDefaults);
        Assert.Equal(Copy().GetHashCode(), withDefaults.GetHashCode());

        object With(params int[] items)
        {
            var settings = New();
            list.SetValue(settings, ListOf(list.PropertyType, items));
            return settings;
        }

        // The default by its initializer, and the same given as a new list.
        object Copy()
        {
            var settings = New();
            if (list.GetValue(settings) is IEnumerable<int> items)
                list.SetValue(settings, items.ToList());
            Assert.Equal(New(), settings);
            return settings;
        }

        object New() => Activator.CreateInstance(list.DeclaringType!)!;
    }

    [Fact]
    public void Configurations_with_equal_lists_are_equal_and_a_list_that_changes_later_changes_none()
    {
        List<int> hidden = [12, 10];
        RunConfiguration Configuration() => new()
        {
            Model = new()
            {
                Shape = new ImageShape(1, 2, 2),
                Standardization = new([1, 2], [3, 4]),
                Network = new() { Hidden = hidden },
                Condition = Condition.Join(new LabelCondition(3), new AttributesCondition([1], [2])),
            },
            Data = new() { AttributeColumns = ["a", "b"] },
            Objective = new() { KlWeight = WeightSchedule.Parse("linear:0:1:100") },
        };
        var (before, same) = (Configuration(), Configuration());

        Assert.Equal(before, same);
        Assert.Equal(before.GetHashCode(), same.GetHashCode());
        Assert.Equal(before, before with { Model = before.Model with { Network = before.Model.Network with { Channels = [32, 64] } } });
        Assert.Equal(before, Json.Read<RunConfiguration>(Json.Write(before), "here"));
        hidden[0] = 11;
        Assert.Equal(before, same);
        Assert.NotEqual(before, Configuration());
        Assert.Equal("[11, 10]", Configuration().Model.Network.Hidden.ToString());
    }

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static IList ListOf(Type type, int[] items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments[0]))!;
        foreach (var item in items)
            list.Add(Convert.ChangeType(item, type.GenericTypeArguments[0], null));
        return list;
    }
}
