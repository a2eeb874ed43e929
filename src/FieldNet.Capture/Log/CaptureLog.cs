using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>The numbered, durable log: two lanes of segment files, committed in groups by one thread.</summary>
public sealed class CaptureLog : ICommitMark, IDisposable
{
    /// <summary>Opens the log of a data folder, making both when they are not there, and repairs what a crash left.</summary>
    /// <exception cref="CaptureException">In use by another agent, unwritable, or of a newer version.</exception>
    public static CaptureLog Open(string dataFolder, CaptureLogOptions options) => throw new NotImplementedException();

    public static CaptureLog Open(IDisk disk, CaptureLogOptions options) => throw new NotImplementedException();

    public LogRecovery Recovered => throw new NotImplementedException();

    public CaptureHealth Health => throw new NotImplementedException();

    /// <inheritdoc/>
    public long CommittedThrough(LogLane lane) => throw new NotImplementedException();

    /// <summary>Commits everything accepted so far and waits for it.</summary>
    /// <returns>False when the disk did not take it in time; it is still accepted and will be tried again.</returns>
    public bool Commit(TimeSpan timeout) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
