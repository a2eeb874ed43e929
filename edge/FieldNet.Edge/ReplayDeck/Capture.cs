using FieldNet.Capture.Replay;
using FieldNet.Dashboard.Replay;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.ReplayDeck;

/// <summary>A capture that the agent offers for replay.</summary>
/// <param name="Offer">As the page sees it.</param>
/// <param name="Path">A data folder, or a packet capture.</param>
/// <param name="Through">Number of the last record to read: a running log is replayed as it is when the replay begins.</param>
internal sealed record Capture(CaptureDto Offer, string Path, long Through = long.MaxValue)
{
    public const string Packets = "pcap";

    public bool IsFolder => Offer.Kind != Packets;

    /// <param name="topics">Interns the topics: never the live ward's.</param>
    /// <param name="from">The first number wanted.</param>
    public CaptureReader Open(TopicTable topics, long from = 1) =>
        new(IsFolder ? new FolderSource([Path], topics, from) : new PacketSource([Path], topics), from, Through);
}
