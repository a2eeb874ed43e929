using FieldNet.Dashboard.Feed;
using FieldNet.Dashboard.Network;
using FieldNet.Dashboard.Tests.Fakes;

namespace FieldNet.Dashboard.Tests.Network;

/// <summary>What a page says to have shown, and what of it is believed.</summary>
public sealed class AlarmPathReceiptsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FakeWitness _witness = new();
    private readonly Dictionary<object, object?> _screen = [];
    private readonly FakeWard _ward;
    private readonly WardFeed _feed;
    private readonly AlarmPathReceipts _receipts;

    public AlarmPathReceiptsTests()
    {
        _ward = new FakeWard(_clock) { Net = FakeNetwork.Silent(sequence: 7) };
        _feed = new WardFeed(_ward, _clock);
        _receipts = new AlarmPathReceipts(_feed, _witness);
        _feed.Publish();
    }

    public void Dispose() => _feed.Dispose();

    [Fact]
    public void Take_TheNewestAlarm_IsPassedOnOnce()
    {
        Assert.True(Take("icu1", 7));
        Assert.False(Take("icu1", 7));

        Assert.Equal(["s1 saw icu1 7"], _witness.Heard);
    }

    [Theory]
    [InlineData("icu1", 8)]
    [InlineData("icu1", 0)]
    [InlineData("icu1", -1)]
    [InlineData("icu1", long.MaxValue)]
    [InlineData("icu2", 7)]
    [InlineData("", 7)]
    [InlineData(null, 7)]
    public void Take_WhatCannotBe_ChangesNothing(string? ward, long sequence)
    {
        Assert.False(Take(ward, sequence));

        Assert.Empty(_witness.Heard);
        Assert.Empty(_screen);
    }

    [Fact]
    public void Take_AnOlderAlarmAfterANewer_IsNotPassedOn()
    {
        Take("icu1", 7);

        Assert.False(Take("icu1", 6));
    }

    [Fact]
    public void Take_TwoScreens_EachHasItsSay()
    {
        Take("icu1", 7);

        Assert.True(_receipts.Take(new Dictionary<object, object?>(), "s2", "icu1", 7));
    }

    [Fact]
    public void Left_AScreenThatNeverSawAny_IsNobodysAffair()
    {
        _receipts.Left(_screen, "s1");
        Take("icu1", 7);
        _receipts.Left(_screen, "s1");

        Assert.Equal(["s1 saw icu1 7", "s1 left"], _witness.Heard);
    }

    private bool Take(string? ward, long sequence) => _receipts.Take(_screen, "s1", ward, sequence);
}
