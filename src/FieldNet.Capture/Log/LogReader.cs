using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Log;

/// <summary>Reads the records of a data folder in order, both lanes merged; the folder may be a running agent's.</summary>
public sealed class LogReader : IDisposable
{
    /// <exception cref="CaptureException">No log there, or of a newer version.</exception>
    public static LogReader Open(string dataFolder, TopicTable topics, long from = 1) => throw new NotImplementedException();

    public LogReader(IDisk disk, TopicTable topics, long from = 1) => throw new NotImplementedException();

    /// <summary>Only records numbered up to this are read. A reader that follows a running log sets it to the lower of both committed marks.</summary>
    public long Limit { get; set; } = long.MaxValue;

    public LogDamage Damage => throw new NotImplementedException();

    /// <returns>False at the end; with a <see cref="Limit"/>, asking again later goes on.</returns>
    public bool TryRead(out LogRecord record) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
