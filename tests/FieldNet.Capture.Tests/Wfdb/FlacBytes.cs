namespace FieldNet.Capture.Tests.Wfdb;

/// <summary>Makes FLAC of a few samples by hand: one frame, nothing compressed.</summary>
/// <remarks>Source: RFC 9639, sections 8.2 (STREAMINFO) and 9 (frames).</remarks>
internal static class FlacBytes
{
    /// <param name="bits">Per sample: 8, 16 or 24.</param>
    /// <param name="channels">16 to 256 samples each.</param>
    public static byte[] Of(int bits, params int[][] channels)
    {
        int count = channels[0].Length;
        ulong format = (ulong)1000 << 44 | (ulong)(channels.Length - 1) << 41 | (ulong)(bits - 1) << 36 | (uint)count;
        List<byte> file = [.. "fLaC"u8, 0x80, 0, 0, 34, (byte)(count >> 8), (byte)count, (byte)(count >> 8), (byte)count, 0, 0, 0, 0, 0, 0, .. BigEndian(format, 8), .. new byte[16]];
        // Sync, block size in a byte at the end, rate and sample size as in STREAMINFO, frame 0.
        List<byte> frame = [0xFF, 0xF8, 0x60, (byte)((channels.Length - 1) << 4), 0, (byte)(count - 1)];
        frame.Add((byte)Crc(frame, 8, 0x07));
        foreach (int[] samples in channels)
        {
            const byte verbatim = 0x02;
            frame.Add(verbatim);
            frame.AddRange(samples.SelectMany(s => BigEndian((ulong)s, bits / 8)));
        }
        return [.. file, .. frame, .. BigEndian(Crc(frame, 16, 0x8005), 2)];
    }

    private static IEnumerable<byte> BigEndian(ulong value, int bytes) => Enumerable.Range(0, bytes).Select(i => (byte)(value >> (8 * (bytes - 1 - i))));

    private static uint Crc(IEnumerable<byte> bytes, int width, uint polynomial)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= (uint)value << (width - 8);
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> (width - 1) & 1) == 1 ? crc << 1 ^ polynomial : crc << 1;
            }
        }
        return crc & ((1u << width) - 1);
    }
}
