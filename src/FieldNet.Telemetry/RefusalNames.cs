using System.Text;

namespace FieldNet.Telemetry;

/// <summary>The public spelling of each <see cref="Refusal"/>: its name in snake_case.</summary>
public static class RefusalNames
{
    private static readonly string[] Names = [.. Enum.GetNames<Refusal>().Select(ToSnakeCase)];

    /// <summary>How many reasons there are, <see cref="Refusal.None"/> included: the size of an array of counters.</summary>
    public static int Count => Names.Length;

    public static string Name(this Refusal refusal) => Names[(int)refusal];

    /// <returns><see cref="Refusal.None"/> for a name that is not one.</returns>
    public static Refusal Parse(string? name) => (Refusal)Math.Max(0, Array.IndexOf(Names, name));

    private static string ToSnakeCase(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        foreach (var c in pascal)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
