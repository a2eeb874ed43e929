using System.Globalization;
using System.Text;
using FieldNet.Mqtt.Broker;
using FieldNet.Mqtt.Endpoint;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Mqtt.Tests.Broker;

/// <summary>The broker's state follows from the records alone: whatever happened, the log read again has the same lasting sessions (P1).</summary>
public sealed class BrokerReplayTests
{
    private static readonly string[] Topics = ["a", "a/b", "c", "a/b/c"];
    private static readonly string[] Filters = ["a/#", "a", "+/b", "c", "$share/g/a/#", "$share/g/c", "$share/h/c"];

    [Fact]
    public void Replay_RandomLives_GiveTheSameSessionsAndPacketIdentifiers()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var life = new Life(seed);
            for (var i = 0; i < 120; i++)
            {
                life.Step();
            }

            var live = life.Describe();
            life.Bench.Crash();
            Assert.True(live == life.Describe(), $"seed {seed}:\n{live}\n-- replayed --\n{life.Describe()}");
        }
    }

    [Fact]
    public void Restore_CheckpointAnywhereInRandomLives_GivesTheSameSessions()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var life = new Life(seed);
            for (var i = 0; i < 120; i++)
            {
                life.Step();
            }

            var live = life.Describe();
            var behind = new Random(seed).Next(life.Bench.Log.Count + 1);
            life.Bench.CrashWithCheckpoint(behind);
            Assert.True(live == life.Describe(), $"seed {seed}, checkpoint behind {behind}:\n{live}\n-- restored --\n{life.Describe()}");
        }
    }

    [Fact]
    public void Restore_DamagedOrOfAnotherVersion_SaysSo()
    {
        var broker = new BrokerBench().Broker;

        Assert.Throws<InvalidDataException>(() => broker.RestoreCheckpoint("{"u8, new TopicTable()));
        Assert.Throws<InvalidDataException>(() => broker.RestoreCheckpoint("{\"Version\":99}"u8, new TopicTable()));
    }

    [Fact]
    public void Replay_RandomLivesWithCrashes_LoseAndDoubleNothingAtQos2()
    {
        // One lasting subscriber at QoS 2, which forgets nothing: it must get every message exactly once, crashes or not.
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var bench = new BrokerBench();
            var client = new ExactlyOnce(bench);
            var sent = 0;
            for (var i = 0; i < 150; i++)
            {
                switch (random.Next(10))
                {
                    case < 4:
                        bench.Publish("t", $"{sent++}", qos: 2);
                        break;
                    case < 8:
                        client.Act(random);
                        break;
                    case 8:
                        client.Reconnect(crash: false);
                        break;
                    default:
                        client.Reconnect(crash: true);
                        break;
                }
            }

            client.Drain();
            Assert.True(Enumerable.Range(0, sent).SequenceEqual(client.Delivered.Order()), $"seed {seed}: {string.Join(' ', client.Delivered)} of {sent}");
        }
    }

    /// <summary>A client that follows the standard: it knows each QoS 2 identifier until it is released.</summary>
    private sealed class ExactlyOnce
    {
        private readonly BrokerBench _bench;
        private readonly HashSet<ushort> _held = [];
        private readonly Queue<OutboundItem> _received = [];
        private FakePeer _peer;

        public ExactlyOnce(BrokerBench bench)
        {
            _bench = bench;
            _peer = bench.Connect("s", expiry: 60);
            bench.Subscribe(_peer, "t", 2);
        }

        public List<int> Delivered { get; } = [];

        public void Act(Random random)
        {
            foreach (var item in _bench.Take(_peer))
            {
                _received.Enqueue(item);
            }

            for (var n = random.Next(4); n > 0 && _received.TryDequeue(out var item); n--)
            {
                Answer(item);
            }
        }

        public void Reconnect(bool crash)
        {
            // What was on its way in either direction is gone.
            _received.Clear();
            if (crash)
            {
                _bench.Crash();
            }
            else
            {
                _bench.Close(_peer, "s");
            }

            _peer = _bench.Connect("s", expiry: 60);
        }

        public void Drain()
        {
            for (var i = 0; i < 1_000; i++)
            {
                Act(new Random(i));
            }
        }

        private void Answer(OutboundItem item)
        {
            if (item.IsRelease)
            {
                _held.Remove(item.PacketId);
                _bench.Delivered(_peer, MqttPacketType.PubComp, item.PacketId);
                return;
            }

            if (_held.Add(item.PacketId))
            {
                Delivered.Add(int.Parse(Encoding.UTF8.GetString(item.Message.Payload), CultureInfo.InvariantCulture));
            }

            _bench.Delivered(_peer, MqttPacketType.PubRec, item.PacketId);
        }
    }

    /// <summary>Clients that come, go, subscribe, publish and acknowledge at random.</summary>
    private sealed class Life(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly FakePeer?[] _peers = new FakePeer?[4];
        private readonly bool[] _lasting = new bool[4];

        public BrokerBench Bench { get; } = new(new MqttEndpointOptions { MaxQueuedMessages = 12 });

        public void Step()
        {
            var who = _random.Next(_peers.Length);
            switch (_random.Next(12))
            {
                case 0:
                    Connect(who);
                    break;
                case 1 when _peers[who] is { } peer:
                    // A session that was to end with its connection can't be prolonged (3.14.2.2.2).
                    Bench.Close(peer, $"c{who}", leave: _random.Next(2) == 0, expiry: _lasting[who] && _random.Next(4) == 0 ? (uint)_random.Next(2) : null);
                    _peers[who] = null;
                    break;
                case 2 or 3 when _peers[who] is { } peer:
                    Bench.Subscribe(peer, Filters[_random.Next(Filters.Length)], (byte)_random.Next(3));
                    break;
                case 4 when _peers[who] is { } peer:
                    Bench.Unsubscribe(peer, Filters[_random.Next(Filters.Length)]);
                    break;
                case 5 or 6 when _peers[who] is { } peer:
                    Acknowledge(peer, _lasting[who]);
                    break;
                case 7 when _random.Next(4) == 0:
                    Bench.Wait(_random.Next(30));
                    break;
                default:
                    var connection = _peers[who]?.Connection ?? 0;
                    var qos = (byte)_random.Next(connection == 0 ? 2 : 3);
                    Bench.Publish(Topics[_random.Next(Topics.Length)], $"{Bench.Log.Count}", qos, _random.Next(5) == 0, connection, (ushort)_random.Next(1, 5));
                    break;
            }
        }

        /// <summary>Every lasting session as a new connection would find it.</summary>
        public string Describe()
        {
            var text = new StringBuilder();
            foreach (var (client, held, waiting) in Bench.Sessions())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{client} holds [{held}] waits [{waiting}]");
            }

            return text.ToString();
        }

        private void Connect(int who)
        {
            _lasting[who] = _random.Next(3) > 0;
            var will = _random.Next(3) == 0
                ? new WillMessage { Topic = "c"u8.ToArray(), Payload = "w"u8.ToArray(), Properties = [], Qos = 1, Retain = false, DelaySeconds = (uint)_random.Next(20) }
                : null;
            _peers[who] = Bench.Connect($"c{who}", _lasting[who] ? (uint)_random.Next(5, 60) : 0, clean: _random.Next(4) == 0, will, receiveMaximum: 3);
        }

        private void Acknowledge(FakePeer peer, bool lasting)
        {
            foreach (var item in Bench.Take(peer))
            {
                if (item.Qos == 0 || _random.Next(3) == 0)
                {
                    continue;
                }

                var answer = item.IsRelease ? MqttPacketType.PubComp : item.Qos == 1 ? MqttPacketType.PubAck : MqttPacketType.PubRec;
                if (lasting)
                {
                    Bench.Delivered(peer, answer, item.PacketId);
                }
                else
                {
                    peer.Outbox.Answer(answer, item.PacketId, isRefused: false, number: 0);
                }
            }
        }
    }
}
