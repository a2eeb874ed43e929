using System.Buffers.Binary;
using System.Diagnostics;
using FieldNet.Slice.Stamp;

namespace FieldNet.Slice.Tests.Stamp;

/// <summary>Another implementation reads our packets: Wireshark's dissector of TWAMP-Test, whose unauthenticated octets are STAMP's.</summary>
public sealed class StampDissectionTests
{
    private const int RawIpv4 = 101;
    private const int Port = 8620;

    [Fact]
    public async Task Write_DissectedByWireshark_HasTheSameFields()
    {
        Assert.SkipUnless(IsInstalled("tshark"), "tshark is not installed (package tshark).");
        var (request, answer) = (new byte[SenderPacket.Bytes], new byte[SenderPacket.Bytes]);
        var sent = new SenderPacket(7, StampTime.ToBits(1_795_000_000_250_000_000, false), new ErrorEstimate(true, false, 17, 5), 0);
        sent.Write(request, null);
        new ReflectorPacket(9, StampTime.ToBits(1_795_000_000_750_000_000, false), ErrorEstimate.Unsynchronized, StampTime.ToBits(1_795_000_000_500_000_000, false), sent, 61).Write(answer, null);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, [.. Header(), .. Frame(request, fromPort: Port + 1, toPort: Port), .. Frame(answer, fromPort: Port, toPort: Port + 1)], TestContext.Current.CancellationToken);

            var lines = await DissectAsync(file);

            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.DoesNotContain("malformed", line, StringComparison.OrdinalIgnoreCase));
            Assert.All(lines, line => Assert.Contains("twamp.test", line, StringComparison.Ordinal));
            var fields = lines[1].Split('|');
            Assert.Equal("9", fields[1]);
            Assert.Contains("7", fields[2], StringComparison.Ordinal);
            Assert.Equal("61", fields[3]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string[]> DissectAsync(string file)
    {
        string[] arguments =
        [
            "-r", file, "-d", $"udp.port=={Port},twamp.test", "-T", "fields", "-E", "separator=|", "-e", "frame.protocols", "-e", "twamp.test.seq_number",
            "-e", "twamp.test.sender_seq_number", "-e", "twamp.test.sender_ttl", "-e", "_ws.malformed",
        ];
        using var tshark = Process.Start(new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await tshark.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await tshark.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tshark.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(tshark.ExitCode == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static byte[] Header()
    {
        var header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 65_535);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), RawIpv4);
        return header;
    }

    private static byte[] Frame(byte[] packet, ushort fromPort, ushort toPort)
    {
        var frame = new byte[16 + 28 + packet.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(8), 28 + packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(12), 28 + packet.Length);
        var ip = frame.AsSpan(16);
        (ip[0], ip[8], ip[9], ip[12], ip[15], ip[16], ip[19]) = (0x45, 64, 17, 127, 1, 127, 1);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(28 + packet.Length));
        BinaryPrimitives.WriteUInt16BigEndian(ip[20..], fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(ip[22..], toPort);
        BinaryPrimitives.WriteUInt16BigEndian(ip[24..], (ushort)(8 + packet.Length));
        packet.CopyTo(ip[28..]);
        return frame;
    }
}
