using FieldNet.Capture.Disk;
using FieldNet.Dashboard.History;
using FieldNet.Telemetry.Ingress;

namespace FieldNet.Edge.History;

/// <summary>Waveforms of the past, read from the log's own lane of them.</summary>
internal sealed class WaveLookBack(IDisk disk, ICommitMark marks)
{
    public WavesDto? Read(WaveRequest request, CancellationToken cancellation)
    {
        _ = (disk, marks, request, cancellation);
        return null;
    }
}
