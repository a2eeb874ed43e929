using System.Buffers;
using System.Security.Cryptography;

namespace FieldNet.Capture.Log;

/// <summary>A segment as the encoder sees it: its salt, its dictionary and how full it is, whatever file it ends up in.</summary>
/// <remarks>Threading: the sequencer adds, the commit thread copies the dictionary when a failed file has to be written anew.</remarks>
internal sealed class SegmentPlan
{
    private readonly ArrayBufferWriter<byte> _dictionary = new();

    public uint Salt { get; } = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));

    /// <summary>Bytes of frames so far.</summary>
    public long Bytes { get; set; }

    /// <summary>Dictionary entries so far.</summary>
    public int Entries { get; set; }

    /// <summary>A file was begun with it: another one needs the dictionary first. Commit thread only.</summary>
    public bool Begun { get; set; }

    public void Remember(ReadOnlySpan<byte> entryFrame)
    {
        lock (_dictionary)
        {
            _dictionary.Write(entryFrame);
        }
    }

    public byte[] CopyDictionary()
    {
        lock (_dictionary)
        {
            return _dictionary.WrittenSpan.ToArray();
        }
    }
}
