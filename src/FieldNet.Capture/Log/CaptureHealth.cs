namespace FieldNet.Capture.Log;

/// <summary>How the log's commit is doing.</summary>
/// <param name="Fault">While it is <see cref="CaptureFault.DiskFull"/> or <see cref="CaptureFault.DiskError"/> nothing is acknowledged; it is retried for ever.</param>
/// <param name="Detail">The operating system's words; empty without a fault.</param>
/// <param name="PendingBytes">Accepted and not yet committed.</param>
/// <param name="LastCommit">How long the last commit took.</param>
/// <param name="Commits">Groups committed since the start.</param>
/// <param name="Failures">Commits failed since the start.</param>
/// <param name="Step">How far it has had to go because the disk fills.</param>
/// <param name="LogBytes">What it takes on the disk, as of the last look.</param>
public readonly record struct CaptureHealth(
    CaptureFault Fault, string Detail, long PendingBytes, TimeSpan LastCommit, long Commits, long Failures, DiskStep Step, long LogBytes);
