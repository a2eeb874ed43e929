using FieldNet.Edge.ReplayDeck;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Tests.ReplayDeck;

public sealed class CaptureShelfTests : IDisposable
{
    private readonly ShelfFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_LiveAndStored_TheLiveOneFirstAndOnlyOnce()
    {
        _folder.Write("live", 3);
        _folder.Write("nights/second", 3);
        File.WriteAllBytes(Path.Combine(_folder.Path, "slice.pcapng"), [1, 2, 3]);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "no-log"));

        var offers = _folder.Shelf.List().Select(capture => (capture.Offer.Id, capture.Offer.Kind)).ToList();

        Assert.Equal((CaptureShelf.LiveId, "live"), offers[0]);
        Assert.Equal([("nights/second", "fieldnet"), ("slice.pcapng", "pcap")], offers.Skip(1).Order());
    }

    [Fact]
    public void List_StoredFolder_SaysWhenItBeginsAndHowLargeItIs()
    {
        _folder.Write("night", 3);

        var offer = Assert.Single(_folder.Shelf.List()).Offer;

        Assert.Equal(ShelfFolder.StartUs / 1000d, offer.FirstMs);
        Assert.True(offer.Bytes > 0);
    }

    [Theory]
    [InlineData("../night")]
    [InlineData("/etc")]
    [InlineData("")]
    public void Find_WhatIsNotOffered_Nothing(string id)
    {
        _folder.Write("night", 3);

        Assert.Null(_folder.Shelf.Find(id));
    }

    [Fact]
    public void Of_ACapture_ItsFirstAndLastTime()
    {
        _folder.Write("night", 9_999);

        Assert.Equal(new CaptureSpan(ShelfFolder.StartUs, ShelfFolder.StartUs + 9_998_000_000L), CaptureSpan.Of(_folder.Shelf.Find("night")!));
    }

    [Fact]
    public void Open_TheLiveLog_EndsWhereItWasCommitted()
    {
        _folder.Write("live", 100);
        _folder.Committed = 40;
        using var reader = _folder.Shelf.Find(CaptureShelf.LiveId)!.Open(new TopicTable());

        var count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        Assert.Equal(40, count);
    }
}
