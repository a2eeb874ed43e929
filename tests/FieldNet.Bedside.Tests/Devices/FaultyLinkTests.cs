using FieldNet.Bedside.Faults;

namespace FieldNet.Bedside.Tests.Devices;

public sealed class FaultyLinkTests
{
    private const string Bed = "demo/icu1/bed-01";

    [Fact]
    public void Pump_Silent_SendsNothingAndSkipsNoNumber()
    {
        using var ward = Struck(FaultKind.Silent);

        ward.RunTo(30);

        Assert.DoesNotContain(ward.Server.Messages, During);
        Assert.All(ward.Server.Messages.GroupBy(m => m.Topic), s => Assert.Equal((ulong)s.Count(), s.Last().Stamp.Seq));
        Assert.Contains(ward.Server.Messages, m => m.AtUs > 20_000_000);
        Assert.Equal(0, ward.Server.Aborted);
    }

    [Fact]
    public void Pump_Latency_ArrivesLaterByThatMuch()
    {
        using var ward = Struck(FaultKind.Latency, 250);

        ward.RunTo(30);

        var delays = ward.Of("wave").Select(m => (m.AtUs, Delay: ward.Clock.UtcUs(m.AtUs) - m.Stamp.SentTimeUs)).ToArray();
        Assert.All(delays.Where(d => d.AtUs is > 10_300_000 and < 20_000_000), d => Assert.InRange(d.Delay, 250_000, 260_000));
        Assert.All(delays.Where(d => d.AtUs is < 10_000_000 or > 20_500_000), d => Assert.Equal(0, d.Delay));
        Assert.All(ward.Server.Messages.GroupBy(m => m.Topic), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(n => (ulong)n), s.Select(m => m.Stamp.Seq)));
    }

    [Fact]
    public void Pump_Jitter_SpreadsAndKeepsOrder()
    {
        using var ward = Struck(FaultKind.Jitter, 300);

        ward.RunTo(30);

        var delays = ward.Of("vitals").Concat(ward.Of("wave")).Where(During).Select(m => ward.Clock.UtcUs(m.AtUs) - m.Stamp.SentTimeUs).ToArray();
        Assert.InRange(delays.Max(), 200_000, 310_000);
        Assert.InRange(delays.Min(), 0, 150_000);
        Assert.All(ward.Server.Messages.GroupBy(m => m.Topic), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(n => (ulong)n), s.Select(m => m.Stamp.Seq)));
    }

    [Fact]
    public void Pump_Loss_SkipsNumbers()
    {
        using var ward = Struck(FaultKind.Loss, 0.3);

        ward.RunTo(30);

        var wave = ward.Of("wave").Where(m => m.Topic.EndsWith("_II", StringComparison.Ordinal)).ToArray();
        ulong lost = wave[^1].Stamp.Seq - (ulong)wave.Length;
        Assert.InRange(lost / 39.0, 0.1, 0.5);
    }

    [Fact]
    public void Pump_Burst_SendsNumbersAfterwardsAsHistory()
    {
        using var ward = Struck(FaultKind.Burst);

        ward.RunTo(30);

        Assert.DoesNotContain(ward.Server.Messages, During);
        var historical = ward.Of("vitals").Where(m => m.Stamp.Historical).ToArray();
        Assert.InRange(historical.Length, 9, 10);
        Assert.All(historical, m => Assert.InRange(m.AtUs, 20_000_000, 20_100_000));
        Assert.Equal(historical.Select(m => m.Stamp.DeviceTimeUs).Order(), historical.Select(m => m.Stamp.DeviceTimeUs));
        Assert.DoesNotContain(ward.Of("wave"), m => m.Stamp.Historical);
        Assert.All(ward.Server.Messages.GroupBy(m => m.Topic), s => Assert.Equal(Enumerable.Range(1, s.Count()).Select(n => (ulong)n), s.Select(m => m.Stamp.Seq)));
        // What was kept raises no alarm, so the present set follows.
        Assert.Contains(ward.Of("alarm"), m => !m.Stamp.Historical && m.AtUs is >= 20_000_000 and < 20_100_000);
    }

    [Fact]
    public async Task Pump_Disconnect_ResetsBothAndComesBackAfterwards()
    {
        using var ward = Struck(FaultKind.Disconnect);

        ward.RunTo(19.9);
        int during = ward.Server.Connected.Count;
        await ward.RunUntilAsync(() => ward.Server.Connected.Count == 4 && ward.Of("status").Count == 2);

        Assert.Equal((2, 2), (ward.Server.Aborted, during));
        Assert.DoesNotContain(ward.Server.Messages, During);
        Assert.Equal(2, ward.Traffic.ConnectionsLost);
        Assert.Equal(2ul, ward.Of("status")[1].Stamp.Seq);
    }

    [Fact]
    public void Pump_OtherBed_IsNotTouched()
    {
        using var ward = new VirtualWard(beds: 2, faults: new Fault(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), FaultKind.Silent, Bed, 0));

        ward.RunTo(20);

        Assert.All(ward.Server.Messages.Where(During), m => Assert.Contains("bed-02", m.Topic));
        Assert.Contains(ward.Server.Messages, During);
    }

    private static VirtualWard Struck(FaultKind what, double value = 0) =>
        new(faults: new Fault(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), what, Bed, value));

    private static bool During(FakeConnector.Sent message) => message.AtUs is >= 10_000_000 and < 20_000_000;
}
