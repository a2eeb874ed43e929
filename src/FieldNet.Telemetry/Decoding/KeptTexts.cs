using System.Text;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Telemetry.Decoding;

/// <summary>Texts that come again and again (addresses, names), made into a string once.</summary>
/// <remarks>Threading: one thread. Loss: forgets all when it is full, so that a peer with ever new texts costs what they cost without it. Allocation: none for a text that it has.</remarks>
internal sealed class KeptTexts
{
    private const int Most = 8192, LongestBytes = 64;

    private readonly Dictionary<byte[], string> _texts = new(Utf8NameComparer.Instance);

    public string Of(ReadOnlySpan<byte> utf8)
    {
        var kept = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (kept.TryGetValue(utf8, out var known))
        {
            return known;
        }

        var text = Encoding.UTF8.GetString(utf8);
        if (utf8.Length is > 0 and <= LongestBytes)
        {
            if (_texts.Count == Most)
            {
                _texts.Clear();
            }

            kept[utf8] = text;
        }

        return text;
    }
}
