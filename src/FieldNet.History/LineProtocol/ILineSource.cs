namespace FieldNet.History.LineProtocol;

/// <summary>Turns what follows a position into lines.</summary>
internal interface ILineSource : IDisposable
{
    /// <summary>Behind what was read so far.</summary>
    SendPosition Position { get; }

    /// <summary>Adds lines to the sink's batch until that is full or nothing more is there.</summary>
    /// <param name="through">Nothing numbered higher is read.</param>
    /// <returns>True when it stopped because the batch is full.</returns>
    bool Fill(long through);
}
