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

    private sealed class Nowhere : ITransport, IIngress, IIngressLane, ICommitMark, ILogClock
    {
        public int Published { get; private set; }

        public ILogClock Clock => this;

        public long NowUs => 1;

        public long NextConnection() => 1;

        public IIngressLane OpenLane(long connection, string client, IArrivalOwner owner) => this;

        public void Refuse(Refusal reason, long connection, string client, string address, string detail) => throw new InvalidOperationException(detail);

        public bool TryPost(in Arrival arrival)
        {
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
