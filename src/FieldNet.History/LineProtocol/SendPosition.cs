namespace FieldNet.History.LineProtocol;

/// <summary>A place in what is sent: everything up to it is on the server.</summary>
/// <param name="Number">Of the last record, or event.</param>
/// <param name="TimeUs">Its log time.</param>
/// <param name="Numbers">What the source of numbers knew by then (<see cref="Points.NumericPoints.Save"/>): with it, whatever follows gets the same times whenever it is sent, so that the server sees a repetition and no second point.</param>
/// <param name="Clocks">The same for waveforms and links (<see cref="DeviceClocks"/>).</param>
internal sealed record SendPosition(long Number, long TimeUs, byte[] Numbers, byte[] Clocks)
{
    public static SendPosition Start { get; } = new(0, 0, [], []);
}
