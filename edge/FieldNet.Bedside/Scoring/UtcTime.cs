using System.Globalization;

namespace FieldNet.Bedside.Scoring;

/// <summary>Times of label and event files: ISO 8601, UTC, with or without fractions of a second.</summary>
internal static class UtcTime
{
    public static string Text(long us) => DateTimeOffset.UnixEpoch.AddTicks(us * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static long Parse(string text) =>
        (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
