namespace Elbo;

/// <summary>
/// The types of models of other structures than <see cref="LatentVariableModel"/>, by their full names, which config.json of a run
/// records: a run of a registered type is opened without its model (<c>Run.Load(folder)</c>). The methods may be called from any thread.
/// </summary>
public static class GenerativeModels
{
    private static readonly Registry<Func<ModelContext, GenerativeModel>> Registry = new("model", StringComparer.Ordinal);

    /// <summary>The full names of all registered types, in the order of registration.</summary>
    public static IReadOnlyCollection<string> Names => Registry.Names;

    /// <summary>Registers a type of models, once, before the first run of it is opened.</summary>
    /// <typeparam name="TModel">The type. Its full name is what finds it again: a run of a type that was renamed is not found.</typeparam>
    /// <param name="create">
    /// Builds a model with the layers of the one that was trained; the weights of the run are then put into it. It may be called on any
    /// thread, and whoever calls it disposes the model.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The type is registered already, is <see cref="LatentVariableModel"/>, or is abstract, so that no run names it.
    /// </exception>
    public static void Register<TModel>(Func<ModelContext, TModel> create)
        where TModel : GenerativeModel
    {
        ArgumentNullException.ThrowIfNull(create);
        var type = typeof(TModel);
        if (type.IsAbstract || type == typeof(LatentVariableModel))
        {
            throw new ArgumentException(
                $"No run needs {type.Name} to be registered: register the type of your own models that is created.", nameof(create));
        }

        if (!Registry.TryAdd(NameOf(type), create))
            throw new ArgumentException($"The model {NameOf(type)} is registered already: register it once.", nameof(create));
    }

    /// <summary>The name of a type of models in configurations.</summary>
    internal static string NameOf(Type type) => type.FullName!;

    /// <summary>Builds a model of a registered type.</summary>
    /// <exception cref="SettingsException">The type is not registered, or what it was registered with builds another one.</exception>
    internal static GenerativeModel Create(string name, ModelContext context)
    {
        if (!Registry.Entries.TryGetValue(name, out var create))
        {
            throw new SettingsException(
                $"Unknown model '{name}': register it with {nameof(GenerativeModels)}.{nameof(Register)}, or give a model of this type.");
        }

        var model = create(context);
        if (model is not null && NameOf(model.GetType()) == name)
            return model;
        model?.Dispose();
        throw new SettingsException(
            $"What is registered for the model '{name}' builds {(model is null ? "none" : "a " + NameOf(model.GetType()))}.");
    }
}
