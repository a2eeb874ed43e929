namespace FieldNet.Telemetry.Network;

/// <summary>Told by the screens of the wall that the watchdog's TEST alarm has reached them: the last hop of the alarm path.</summary>
/// <remarks>
/// Threading: any thread; quick, never blocks. A screen that has witnessed one is expected to witness the next, until it has left: a page
/// that is hidden or closed must say so, or it is taken for one that fails.
/// </remarks>
public interface IAlarmPathWitness
{
    /// <summary>A screen shows what came with this TEST alarm. A second word of the same screen, or an old or unknown sequence, changes nothing.</summary>
    /// <param name="ward">As in <c>WatchdogView.Ward</c>.</param>
    /// <param name="sequence">As in <c>WatchdogView.Sequence</c>.</param>
    /// <param name="screen">Names the screen (its connection), so that its silence means something later; empty: nothing is expected of it.</param>
    void Seen(string ward, long sequence, string screen = "");

    /// <summary>The screen shows the wall no more: closed, disconnected, or hidden.</summary>
    void Left(string screen);
}
