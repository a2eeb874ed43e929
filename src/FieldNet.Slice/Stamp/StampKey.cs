using System.Security.Cryptography;

namespace FieldNet.Slice.Stamp;

/// <summary>The key of authenticated packets: HMAC-SHA-256 over the packet's first 96 octets, cut to 16.</summary>
/// <remarks>Threading: any. Source: RFC 8762 section 4.4.</remarks>
public sealed class StampKey
{
    public const int CoveredBytes = 96;
    public const int HmacBytes = 16;

    private readonly byte[] _key;

    private StampKey(byte[] key) => _key = key;

    /// <summary>Of a key file: one line of 32 to 128 hexadecimal digits.</summary>
    /// <returns>Null when it is none.</returns>
    public static StampKey? Parse(string text)
    {
        var digits = text.Trim();
        return digits.Length is >= 32 and <= 128 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? new StampKey(Convert.FromHexString(digits)) : null;
    }

    /// <summary>Writes the HMAC behind what it covers.</summary>
    public void Sign(Span<byte> packet)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, packet[..CoveredBytes], whole);
        whole[..HmacBytes].CopyTo(packet[CoveredBytes..]);
    }

    /// <summary>In a time that says nothing of where they differ.</summary>
    public bool Fits(ReadOnlySpan<byte> packet)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, packet[..CoveredBytes], whole);
        return CryptographicOperations.FixedTimeEquals(whole[..HmacBytes], packet.Slice(CoveredBytes, HmacBytes));
    }
}
