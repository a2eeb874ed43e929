using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FieldNet.Dashboard.History;

/// <summary>A time as a question gives it: ISO 8601, or milliseconds since 1970.</summary>
internal static class HistoryTime
{
    /// <summary>The year 3000: what is beyond was meant in other units.</summary>
    private const long LastMs = 32_503_680_000_000;

    /// <returns>False when it is neither, or out of all reason.</returns>
    public static bool TryRead([NotNullWhen(true)] string? text, out long ms)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ms))
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return false;
            }

            ms = time.ToUnixTimeMilliseconds();
        }

        return text is not null && ms is >= 0 and < LastMs;
    }
}
