using FieldNet.Slice.Stamp;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>Packets against octets laid out by hand from the RFCs' figures; the HMACs were made by another implementation (Python's hmac).</summary>
public sealed class StampPacketTests
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string OpenRequest = "00000007" + "ec7b2a0080000000" + "1601" + "0102" + "00000000000000000000000000000000000000000000000000000000";
    private const string OpenAnswer =
        "00000009" + "ec7b2a00c0000000" + "9601" + "0102" + "ec7b2a00a0000000" + "00000007" + "ec7b2a0080000000" + "1601" + "0000" + "3f" + "000000";
    private const string Zeros68 = "0000000000000000000000000000000000000000000000000000000000000000000000" + "000000000000000000000000000000000000000000000000000000000000000000";
    private const string SignedRequest = "00000007" + "000000000000000000000000" + "ec7b2a0080000000" + "1601" + "0102" + Zeros68 + "613dd6984690fc15ef3fde7a3f13ec92";
    private const string SignedAnswer =
        "00000009000000000000000000000000ec7b2a00c00000009601010200000000ec7b2a00a0000000000000000000000000000007000000000000000000000000ec7b2a0080000000"
        + "16010000000000003f000000000000000000000000000000" + "8788dde4dc357a3362f971eae9441f6a";

    private static readonly SenderPacket Request = new(7, 0xEC7B2A00_80000000, ErrorEstimate.Unsynchronized, 0x0102);
    private static readonly ReflectorPacket Answer = new(
        9, 0xEC7B2A00_C0000000, ErrorEstimate.Unsynchronized with { IsSynchronized = true }, 0xEC7B2A00_A0000000, Request, 63);

    [Theory]
    [InlineData(OpenRequest, null)]
    [InlineData(SignedRequest, Key)]
    public void SenderPacket_KnownOctets_BothWays(string octets, string? key)
    {
        var packet = new byte[octets.Length / 2];

        Assert.Equal(packet.Length, Request.Write(packet, KeyOf(key)));
        Assert.Equal(octets, Convert.ToHexStringLower(packet));
        Assert.True(SenderPacket.TryRead(packet, KeyOf(key), out var read));
        Assert.Equal(Request, read);
    }

    [Theory]
    [InlineData(OpenAnswer, null)]
    [InlineData(SignedAnswer, Key)]
    public void ReflectorPacket_KnownOctets_BothWays(string octets, string? key)
    {
        var packet = new byte[octets.Length / 2];
        Answer.Write(packet, KeyOf(key));

        Assert.Equal(octets, Convert.ToHexStringLower(packet));
        Assert.True(ReflectorPacket.TryRead(packet, KeyOf(key), out var read));
        Assert.Equal(Answer, read);
    }

    [Fact]
    public void TryRead_AnyOctetOfASignedPacketChanged_IsNotRead()
    {
        var key = KeyOf(Key);
        for (var i = 0; i < SenderPacket.AuthenticatedBytes; i++)
        {
            var packet = Convert.FromHexString(SignedRequest);
            packet[i] ^= 0x10;

            Assert.False(SenderPacket.TryRead(packet, key, out _), $"octet {i}");
        }
    }

    [Fact]
    public void TryRead_TooShort_IsNotRead()
    {
        for (var length = 0; length < SenderPacket.LeastBytes; length++)
        {
            Assert.False(SenderPacket.TryRead(new byte[length], null, out _));
            Assert.False(ReflectorPacket.TryRead(new byte[length], null, out _));
        }

        Assert.False(SenderPacket.TryRead(new byte[111], KeyOf(Key), out _));
    }

    [Theory]
    [InlineData(0L, false, 0x83AA7E80_00000000UL)]
    [InlineData(1_500_000_000L, false, 0x83AA7E81_80000000UL)]
    [InlineData(2_085_978_496_250_000_000L, false, 0x00000000_40000000UL)]
    [InlineData(1_795_000_000_000_000_001L, true, 0x6AFD86C0_00000001UL)]
    public void StampTime_KnownTimes_BothWays(long unixNs, bool isPtp, ulong bits)
    {
        Assert.Equal(bits, StampTime.ToBits(unixNs, isPtp));
        Assert.Equal(unixNs, StampTime.ToUnixNs(bits, isPtp));
    }

    [Fact]
    public void StampTime_AnyNanosecond_ComesBack()
    {
        var random = new Random(762);
        for (var i = 0; i < 10_000; i++)
        {
            var ns = random.NextInt64(0, 4_000_000_000_000_000_000);

            Assert.Equal(ns, StampTime.ToUnixNs(StampTime.ToBits(ns, isPtp: false), isPtp: false));
        }
    }

    [Theory]
    [InlineData(0x8001, true, false, 0, 1, 2.3283064365386963e-10)]
    [InlineData(0x5F80, false, true, 31, 128, 64.0)]
    public void ErrorEstimate_KnownBits_BothWays(int bits, bool isSynchronized, bool isPtp, byte scale, byte multiplier, double seconds)
    {
        var estimate = ErrorEstimate.FromBits((ushort)bits);

        Assert.Equal(new ErrorEstimate(isSynchronized, isPtp, scale, multiplier), estimate);
        Assert.Equal(seconds, estimate.Seconds);
        Assert.Equal(bits, estimate.ToBits());
    }

    [Theory]
    [InlineData("00112233445566778899aabbccddeeff\n", true)]
    [InlineData("00112233445566778899aabbccddee", false)]
    [InlineData("00112233445566778899aabbccddeefg", false)]
    [InlineData("", false)]
    public void StampKey_OfAFile_IsHexadecimal(string text, bool isKey) => Assert.Equal(isKey, StampKey.Parse(text) is not null);

    private static StampKey? KeyOf(string? text) => text is null ? null : StampKey.Parse(text);
}
