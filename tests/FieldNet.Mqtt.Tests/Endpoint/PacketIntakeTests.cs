using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Mqtt.Transport;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;

namespace FieldNet.Mqtt.Tests.Endpoint;

/// <summary>The way in without sockets: what it costs.</summary>
public sealed class PacketIntakeTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public void Process_Publish_AllocatesNothing(byte qos, bool inSegments)
    {
        var options = new MqttEndpointOptions();
        var nowhere = new Nowhere();
        using var metrics = new MqttMetrics();
        using var endpoint = new MqttEndpoint(nowhere, nowhere, new MqttBroker(options, metrics, nowhere), options, metrics, time: new ManualTime());
        var connection = new MqttConnection(nowhere, endpoint);
        var intake = new PacketIntake(connection, options);
        var connect = RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V5, CleanStart = true, ClientId = "c"u8 }.Write(output));
        var publish = RawPeer.Publish(MqttProtocolVersion.V5, "fieldnet/v1/s/w/b/d/vitals", new string('x', 128), qos, packetId: 1, properties: [1, 1]);
        var packet = inSegments ? Packets.Sequences.OneByteEach(publish) : new ReadOnlySequence<byte>(publish);
        var first = new ReadOnlySequence<byte>(connect);
        intake.Process(ref first, receiveTimeUs: 1);
        Process(packet);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Process(packet);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1001, nowhere.Published);

        void Process(ReadOnlySequence<byte> buffer)
        {
            intake.Process(ref buffer, receiveTimeUs: 1);
            connection.Answers.Pay(new PaidAnswers { Publishes = qos });
        }
    }

    /// <summary>Room may come between the refusal and the wait for it.</summary>
    [Fact]
    public void Receive_RoomComesAtOnce_LaterPacketsHaveTheirOwnTimeAndSilenceCounts()
    {
        var options = new MqttEndpointOptions();
        var nowhere = new Nowhere { MayRefuse = true };
        var time = new ManualTime();
        using var metrics = new MqttMetrics();
        using var endpoint = new MqttEndpoint(nowhere, nowhere, new MqttBroker(options, metrics, nowhere), options, metrics, time: time);
        var connection = new MqttConnection(nowhere, endpoint);
        var publish = RawPeer.Publish(MqttProtocolVersion.V311, "t", "x");
        Receive(RawPeer.Encode(output => new ConnectPacket { Version = MqttProtocolVersion.V311, CleanStart = true, KeepAliveSeconds = 10, ClientId = "c"u8 }.Write(output)));
        nowhere.Refusals = 1;
        Receive(publish);
        nowhere.NowUs = 5_000_000;
        Receive(publish);
        nowhere.Refusals = 1;
        Receive(publish);
        time.Advance(TimeSpan.FromSeconds(16));
        connection.CheckTime(time.GetTimestamp());

        Assert.Equal((3, 5_000_000), (nowhere.Published, nowhere.LastReceiveTimeUs));
        Assert.Equal("keep_alive_timeout", connection.End?.Reason);

        void Receive(byte[] packet)
        {
            var buffer = new ReadOnlySequence<byte>(packet);
            Assert.Equal(ReceiveStep.ReadMore, connection.Receive(ref buffer));
        }
    }

    private sealed class Nowhere : ITransport, IIngress, IIngressLane, ICommitMark, ILogClock
    {
        public int Published { get; private set; }

        public ILogClock Clock => this;

        public long NowUs { get; set; } = 1;

        /// <summary>How many posts find no room.</summary>
        public int Refusals { get; set; }

        /// <summary>Refusals of a client are no fault of the test.</summary>
        public bool MayRefuse { get; init; }

        public long LastReceiveTimeUs { get; private set; }

        public long NextConnection() => 1;

        public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner) => this;

        public void Refuse(Refusal reason, long connection, string client, string address, string detail)
        {
            if (!MayRefuse)
            {
                throw new InvalidOperationException(detail);
            }
        }

        public bool TryPost(in Arrival arrival)
        {
            if (Refusals-- > 0)
            {
                return false;
            }

            LastReceiveTimeUs = arrival.ReceiveTimeUs;
            Published += arrival.Kind == RecordKind.Publish ? 1 : 0;
            return true;
        }

        public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public long CommittedThrough(LogLane lane) => 0;

        public void Await(LogLane lane, IArrivalOwner owner)
        {
        }

        public EndPoint? RemoteEndPoint => null;

        public X509Certificate2? ClientCertificate => null;

        public void WakeWriter()
        {
        }

        public void WakeReader()
        {
        }

        public void Dispose()
        {
        }
    }
}
