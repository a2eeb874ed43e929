namespace FieldNet.History.LineProtocol;

/// <summary>A place in what is sent: everything up to it is on the server.</summary>
/// <param name="Number">Of the last record, or event.</param>
/// <param name="TimeUs">Its log time.</param>
/// <param name="Clocks">What the devices' clocks had shown by then (<see cref="Points.DeviceClocks"/>): with it, whatever follows gets the same times whenever it is sent, so that the server sees a repetition and no second point.</param>
internal sealed record SendPosition(long Number, long TimeUs, byte[] Clocks)
{
    public static SendPosition Start { get; } = new(0, 0, []);
}
