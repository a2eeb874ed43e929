using System.Text;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Topics;

/// <summary>An MQTT topic name, parsed once and interned, so that the hot path compares references.</summary>
/// <remarks>Shape: immutable. Made by a <see cref="TopicTable"/>; two tables make two objects for one name.</remarks>
public sealed class Topic
{
    /// <summary>The topic of records that have none.</summary>
    public static readonly Topic None = new(-1, [], TopicScope.Foreign);

    private readonly byte[] _utf8;

    internal Topic(int id, byte[] utf8, TopicScope scope)
    {
        Id = id;
        _utf8 = utf8;
        Scope = scope;
        Name = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Dense index within its table, from 0; -1 for <see cref="None"/>.</summary>
    public int Id { get; }

    public string Name { get; }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public TopicScope Scope { get; }

    public MessageKind Message { get; init; }

    /// <summary>Why messages on it are refused, whatever they carry; <see cref="FieldNet.Telemetry.Refusal.None"/> for a good topic.</summary>
    public Refusal Refusal { get; init; }

    /// <summary>The site segment; empty unless <see cref="Scope"/> is <see cref="TopicScope.Device"/>. So are the next three.</summary>
    public string Site { get; init; } = "";

    public string Ward { get; init; } = "";

    /// <summary>The bed segment; <c>_ward</c> for a gateway that serves several beds.</summary>
    public string Bed { get; init; } = "";

    public string Device { get; init; } = "";

    /// <summary>The waveform's signal; null unless <see cref="Message"/> is <see cref="MessageKind.Wave"/>.</summary>
    public Signal? Signal { get; init; }

    /// <summary><c>site/ward/bed/device</c>: the subject of events about the device.</summary>
    public string Subject { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
