using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>How many of a device's streams are being heard, and which of them have said nothing for longer than they may.</summary>
internal struct QuietStreams
{
    public int Heard;

    public int Quiet;

    /// <summary>The one that is quiet, when it is one.</summary>
    public StreamState? Only;

    public void Count(StreamState stream, bool isQuiet)
    {
        Heard += isQuiet ? 0 : 1;
        Quiet += isQuiet ? 1 : 0;
        Only = isQuiet && Quiet == 1 ? stream : Quiet == 1 ? Only : null;
    }
}
