using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>How far a log reaches back, from its segments' heads alone.</summary>
public static class LogExtent
{
    /// <summary>First number that the facts lane can still have; 1 in a log that was never cut, or is empty.</summary>
    /// <exception cref="CaptureException">A segment of a newer version.</exception>
    public static long FirstFact(IDisk disk) => new LaneSegments(disk, LogLane.Facts).List() is [var first, ..] ? first.Header.FirstNumber : 1;

    /// <summary>First number from which on both lanes have all their segments; 1 where none was cut off. Waves are cut long before facts.</summary>
    /// <exception cref="CaptureException">A segment of a newer version.</exception>
    public static long WholeFrom(IDisk disk)
    {
        long number = 1;
        foreach (var lane in (LogLane[])[LogLane.Facts, LogLane.Waves])
        {
            // A lane's first file is number 1, whatever the first record in it.
            number = new LaneSegments(disk, lane).List() is [{ Name.Ordinal: > 1 } first, ..] ? Math.Max(number, first.Header.FirstNumber) : number;
        }

        return number;
    }

    /// <summary>A number at or before the first record of a log time or later: where a reader that wants those begins.</summary>
    /// <remarks>As exact as segments are long (64 MiB): the reader passes over what is before.</remarks>
    /// <exception cref="CaptureException">A segment of a newer version.</exception>
    public static long NumberBefore(IDisk disk, long logTimeUs)
    {
        var number = long.MaxValue;
        foreach (var lane in (LogLane[])[LogLane.Facts, LogLane.Waves])
        {
            var entries = new LaneSegments(disk, lane).List();
            var at = entries.FindLastIndex(entry => entry.Header.FirstLogTimeUs < logTimeUs);
            number = entries.Count == 0 ? number : Math.Min(number, entries[Math.Max(at, 0)].Header.FirstNumber);
        }

        return number == long.MaxValue ? 1 : number;
    }
}
