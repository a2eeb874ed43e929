using System.Globalization;

namespace FieldNet.Capture.Wfdb;

/// <summary>Reads and writes the base time and date of a record line.</summary>
/// <remarks>Shape: <c>HH:MM:SS.sss DD/MM/YYYY</c>; without hours (<c>31:25.894</c>) they are 0. Source: WFDB Applications Guide, header(5).</remarks>
internal static class WfdbBaseTime
{
    /// <summary>Null unless it has both a time and a date that exist.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        string[] fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length >= 2 && Time(fields[0]) is { } time
            && DateTime.TryParseExact(fields[1], "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateTimeOffset(date, TimeSpan.Zero) + time : null;
    }

    public static string Format(DateTimeOffset start) => start.UtcDateTime.ToString("HH:mm:ss.fff dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static TimeSpan? Time(string text)
    {
        double seconds = 0;
        string[] parts = text.Split(':');
        foreach (string part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) || value >= 60)
            {
                return null;
            }
            seconds = seconds * 60 + value;
        }
        return parts.Length <= 3 && seconds < 86_400 ? TimeSpan.FromMicroseconds(Math.Round(seconds * 1e6)) : null;
    }
}
