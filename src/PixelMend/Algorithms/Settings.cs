namespace PixelMend.Algorithms;

/// <summary>Values for the parameters of one algorithm: each given value checked against its range, the rest at their defaults.</summary>
public sealed class Settings
{
    private readonly Dictionary<string, double> values;

    /// <param name="parameters">What the algorithm accepts.</param>
    /// <param name="given">What the user set; names must be among the parameters.</param>
    /// <param name="sensitivity">How readily to flag.</param>
    /// <exception cref="ArgumentException">A name is unknown or a value out of range; the message names what is accepted.</exception>
    public Settings(
        IReadOnlyList<Parameter> parameters,
        IReadOnlyDictionary<string, double> given,
        Sensitivity sensitivity = Sensitivity.Normal
    )
    {
        values = parameters.ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal);
        Sensitivity = sensitivity;
        foreach ((string name, double value) in given)
        {
            Parameter parameter =
                parameters.FirstOrDefault(p => p.Name == name)
                ?? throw new ArgumentException(
                    parameters.Count == 0
                        ? $"there is no parameter '{name}': this algorithm has none"
                        : $"there is no parameter '{name}'; known: {string.Join(", ", parameters.Select(p => p.Name))}"
                );
            if (!(value >= parameter.Least && value <= parameter.Most))
            {
                throw new ArgumentException($"parameter '{name}' must be {parameter.Least} to {parameter.Most}, not {value}");
            }

            values[name] = value;
        }
    }

    /// <summary>How readily to flag.</summary>
    public Sensitivity Sensitivity { get; }

    /// <summary>All values by name, defaults included: what provenance records.</summary>
    public IReadOnlyDictionary<string, double> Values => values;

    /// <summary>The value of a parameter.</summary>
    public double this[string name] => values[name];
}
