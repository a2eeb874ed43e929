using FieldNet.Telemetry.Records;

namespace FieldNet.Ward.Tests;

/// <summary>A record that a <see cref="WardBench"/> applied, kept to be applied again.</summary>
internal sealed record BenchRecord(RecordKind Kind, long Ms, string Topic, long Connection, byte[] Payload, bool Retain = false)
{
    /// <summary>When its bytes were read, if not at its log time.</summary>
    public long? ReceivedMs { get; init; }
}
