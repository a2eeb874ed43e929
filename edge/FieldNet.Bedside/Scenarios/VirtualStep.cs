namespace FieldNet.Bedside.Scenarios;

/// <summary>One thing that happens: an action, the sending of a stream's next message, or the arrival of one.</summary>
internal readonly record struct VirtualStep
{
    public Action<long>? Action { get; init; }

    public VirtualStream? Stream { get; init; }

    /// <summary>0: it is to be sent; otherwise the connection that it arrives on.</summary>
    public long Connection { get; init; }

    public VirtualStamp Stamp { get; init; }

    /// <summary>Stamp and all, where the stream has no standing payload.</summary>
    public byte[]? Payload { get; init; }
}
