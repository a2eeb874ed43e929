using System.Buffers;
using System.Text;

namespace FieldNet.Mqtt.Packets;

/// <summary>Which UTF-8 strings a packet may hold.</summary>
/// <remarks>
/// Source: MQTT 5.0 and 3.1.1 section 1.5.4 (1.5.3). Ill-formed UTF-8, surrogates and U+0000 must be refused; control characters and
/// code points that Unicode gives to no character may be, and are, as mosquitto does: no honest name has them, and logs stay readable.
/// </remarks>
public static class MqttUtf8
{
    private const byte FirstPrintable = 0x20;
    private const byte LastPrintable = 0x7E;

    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        // One pass over what nearly every string is; only the rest is decoded.
        var other = utf8.IndexOfAnyExceptInRange(FirstPrintable, LastPrintable);
        return other < 0 || IsValidBeyondAscii(utf8[other..]);
    }

    private static bool IsValidBeyondAscii(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != OperationStatus.Done || IsControl(rune) || IsNoCharacter(rune))
            {
                return false;
            }

            utf8 = utf8[length..];
        }

        return true;
    }

    private static bool IsControl(Rune rune) => rune.Value is < FirstPrintable or (> LastPrintable and < 0xA0);

    private static bool IsNoCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
