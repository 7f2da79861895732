using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elbo;

/// <summary>
/// The weight of a term as a function of the training step. Written as <c>4</c> (constant), <c>linear:FROM:TO:STEPS</c> (warm-up) or
/// <c>cyclical:FROM:TO:PERIOD:CYCLES</c>, on the command line and in JSON alike. A new schedule is one subclass and one line in
/// <see cref="Parse"/>.
/// </summary>
[JsonConverter(typeof(ScheduleConverter))]
public abstract record WeightSchedule
{
    /// <summary>The first step from which the weight no longer changes.</summary>
    public abstract long EndStep { get; }

    /// <summary>The weight at which the schedule ends.</summary>
    public abstract double Final { get; }

    /// <summary>The weight at a step, counted from 0.</summary>
    /// <param name="step">The number of training steps already taken.</param>
    /// <returns>The weight of the next one.</returns>
    public abstract double At(long step);

    /// <summary>A constant weight.</summary>
    /// <param name="weight">The weight.</param>
    public static implicit operator WeightSchedule(double weight) => new ConstantWeight(weight);

    /// <summary>A constant weight.</summary>
    /// <param name="weight">The weight.</param>
    /// <returns>The schedule.</returns>
    public static WeightSchedule FromDouble(double weight) => new ConstantWeight(weight);

    /// <summary>Reads the written form of a schedule.</summary>
    /// <param name="text">A number, <c>linear:FROM:TO:STEPS</c> or <c>cyclical:FROM:TO:PERIOD:CYCLES</c>.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="SettingsException">The text is not such a form, or a weight is negative or not finite.</exception>
    public static WeightSchedule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        try
        {
            return parts switch
            {
                ["linear", var from, var to, var steps] => new LinearWarmUp(Weight(from), Weight(to), Count(steps)),
                ["cyclical", var from, var to, var period, var cycles] =>
                    Countable(new CyclicalWeight(Weight(from), Weight(to), Count(period), Count(cycles))),
                [var weight] => new ConstantWeight(Weight(weight)),
                _ => throw new FormatException(),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new SettingsException(
                $"'{text}' is not a weight: write a number of at least 0, linear:FROM:TO:STEPS or "
                + "cyclical:FROM:TO:PERIOD:CYCLES.", exception);
        }
    }

    /// <summary>The written form of a number, which reads back as the same number.</summary>
    private protected static string Write(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Weight(string text)
    {
        var weight = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(weight) && weight >= 0 ? weight : throw new FormatException();
    }

    // The total number of steps may overflow even if the steps of one cycle do not.
    private static WeightSchedule Countable(WeightSchedule schedule) => schedule.EndStep > 0 ? schedule : throw new OverflowException();

    private static long Count(string text)
    {
        var count = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return count > 0 ? count : throw new FormatException();
    }

    internal sealed class ScheduleConverter : JsonConverter<WeightSchedule>
    {
        public override WeightSchedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? Parse(Encoding.UTF8.GetString(reader.HasValueSequence ? [.. reader.ValueSequence.First.Span] : reader.ValueSpan))
                : Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, WeightSchedule value, JsonSerializerOptions options)
        {
            if (value is ConstantWeight constant)
                writer.WriteNumberValue(constant.Final);
            else
                writer.WriteStringValue(value.ToString());
        }
    }
}
