using System.Globalization;

namespace FieldNet.Capture.Inspection;

/// <summary>Log time for people.</summary>
internal static class LogTimes
{
    public static DateTimeOffset ToUtc(long us) => DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond);

    /// <summary>ISO 8601 to the microsecond, in UTC.</summary>
    public static string ToIso(long us) => ToUtc(us).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
