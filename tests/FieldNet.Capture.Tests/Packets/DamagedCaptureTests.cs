namespace FieldNet.Capture.Tests.Packets;

/// <summary>Damaged files: a clear answer and what could be read, never an exception.</summary>
public sealed class DamagedCaptureTests
{
    private const int PcapHeaderBytes = 24;
    private const string Connect = "100D00044D5154540402003C000163";

    private static readonly byte[] Garbage = Convert.FromHexString("EFBEADDE" + "FFFFFFFF" + "FFFFFFFF" + "0000000000");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_CutInItsOwnHeader_SaysThatNothingIsInIt(bool isNg)
    {
        var file = isNg ? Session().ToPcapNg(isBigEndian: false) : Session().ToPcap();
        for (var cut = sizeof(uint); cut < PcapHeaderBytes; cut++)
        {
            var found = CaptureScript.Inspect(file[..cut]);

            Assert.Equal((isNg ? "pcapng" : "pcap", 0, null), (found.Format, (int)found.Frames, found.First));
        }
    }

    [Fact]
    public void Read_GarbageBetweenFramesOfPcap_GivesTheFramesOnBothSides()
    {
        var file = Session().ToPcap();
        var second = PcapHeaderBytes + 16 + BitConverter.ToInt32(file, PcapHeaderBytes + 8);

        var found = CaptureScript.Inspect([.. file[..second], .. Garbage, .. file[second..]]);

        Assert.Equal((Session().Count, 1, 2), ((int)found.Frames, (int)found.Damaged, (int)found.Mqtt.Types["PUBLISH"]));
    }

    [Fact]
    public void Read_FrameLengthBeyondReason_CostsThatFrame()
    {
        var file = Session().ToPcap();
        file.AsSpan(PcapHeaderBytes + 8, 4).Fill(0x7F);

        var found = CaptureScript.Inspect(file);

        Assert.Equal((Session().Count - 1, 1), ((int)found.Frames, (int)found.Damaged));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_GarbageBetweenBlocksOfPcapNg_GivesTheFramesOnBothSides(bool isBigEndian)
    {
        var file = Session().ToPcapNg(isBigEndian);
        var length = file.Length / 2 / 4 * 4;
        while (BlockType(file, length, isBigEndian) != 6 || BlockLength(file, length, isBigEndian) > 200 || BlockLength(file, length, isBigEndian) < 32)
        {
            length += 4;
        }

        var found = CaptureScript.Inspect([.. file[..length], 0xDE, 0xAD, 0xBE, 0xEF, 0xFF, 0xFF, 0xFF, 0xFF, .. file[length..]]);

        Assert.Equal((Session().Count, 1), ((int)found.Frames, (int)found.Damaged));
    }

    [Fact]
    public void Read_NothingButGarbageBehindTheHeader_EndsThere()
    {
        var file = new byte[2_000_000];
        new Random(5).NextBytes(file);
        Session().ToPcap().AsSpan(0, PcapHeaderBytes).CopyTo(file);

        Assert.InRange(CaptureScript.Inspect(file).Damaged, 1, 1000);
    }

    private static CaptureScript Session() => new CaptureScript().Open().Client(Connect).Client("3205000174" + "0001").Client("3205000174" + "0002").Close();

    private static uint BlockType(byte[] file, int at, bool isBigEndian) => Word(file, at, isBigEndian);

    private static uint BlockLength(byte[] file, int at, bool isBigEndian) => Word(file, at + 4, isBigEndian);

    private static uint Word(byte[] file, int at, bool isBigEndian)
    {
        var bytes = file.AsSpan(at, 4).ToArray();
        if (isBigEndian)
        {
            Array.Reverse(bytes);
        }

        return BitConverter.ToUInt32(bytes);
    }
}
