using System.Text;
using FieldNet.Bedside.Accounts;

namespace FieldNet.Bedside.Devices;

/// <summary>One topic that a device publishes: its sequence, and what of it was acknowledged.</summary>
/// <remarks>Threading: the scheduler's thread, but for <see cref="Acknowledged"/>, which is locked by whoever uses it.</remarks>
internal sealed class MessageStream(byte id, string topic, byte qos, bool retain, BedConnection connection)
{
    public byte Id { get; } = id;

    public string Topic { get; } = topic;

    public byte[] TopicUtf8 { get; } = Encoding.UTF8.GetBytes(topic);

    public byte Qos { get; } = qos;

    public bool Retain { get; } = retain;

    public BedConnection Connection { get; } = connection;

    /// <summary>Number of the last message.</summary>
    public ulong Seq { get; set; }

    public AcknowledgedRanges Acknowledged { get; } = new();
}
