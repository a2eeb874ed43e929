using FieldNet.Edge.Network;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.Tests.Network;

/// <summary>The way of reports into the log: as records of their kind, and never one that waits.</summary>
public sealed class ReportLaneTests
{
    private static readonly NetworkReport Report = new() { Source = "amf", Kind = NetworkSourceKind.Amf, Core = new() { Gnbs = 1 } };

    [Fact]
    public void Post_AReport_BecomesARecordOfItsKind()
    {
        var ingress = new Ring();
        using var lane = new ReportLane(ingress);

        lane.Post(Report);

        var (kind, receivedUs, payload) = Assert.Single(ingress.Taken);
        Assert.Equal((RecordKind.Network, 42, 1), (kind, receivedUs, NetworkReport.FromJson(payload)!.Core!.Gnbs));
        Assert.Equal(0, lane.Dropped);
    }

    [Fact]
    public void Post_NoRoom_DropsTheNewestAndCountsIt()
    {
        var ingress = new Ring { Room = 1 };
        using var lane = new ReportLane(ingress);

        lane.Post(Report);
        lane.Post(Report);
        ingress.Room = 2;
        lane.Post(Report);

        Assert.Equal((2, 1), (ingress.Taken.Count, lane.Dropped));
    }

    [Fact]
    public void Post_AReportThatNoRingCouldHold_IsDropped()
    {
        using var lane = new ReportLane(new Ring());

        lane.Post(Report with { Error = new string('x', 300_000) });

        Assert.Equal(1, lane.Dropped);
    }

    [Fact]
    public void Post_AfterTheEnd_IsNothing()
    {
        var ingress = new Ring();
        var lane = new ReportLane(ingress);
        lane.Dispose();

        lane.Post(Report);

        Assert.True(ingress.IsClosed);
        Assert.Empty(ingress.Taken);
        Assert.Equal(0, lane.Dropped);
    }

    /// <summary>The sequencer's side, with as much room as a test gives it.</summary>
    private sealed class Ring : IIngress, IIngressLane, ILogClock
    {
        public List<(RecordKind Kind, long ReceivedUs, byte[] Payload)> Taken { get; } = [];

        public int Room { get; set; } = int.MaxValue;

        public bool IsClosed { get; private set; }

        public ILogClock Clock => this;

        public long NowUs => 42;

        public long NextConnection() => 7;

        public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner) => this;

        public void Refuse(Refusal reason, long connection, string client, string address, string detail) => throw new NotSupportedException();

        public bool TryPost(in Arrival arrival)
        {
            if (Taken.Count >= Room)
            {
                return false;
            }

            Taken.Add((arrival.Kind, arrival.ReceiveTimeUs, arrival.Payload.ToArray()));
            return true;
        }

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose() => IsClosed = true;
    }
}
