using FieldNet.Capture.Replay;
using FieldNet.Edge.Verbs;
using FieldNet.Mqtt.Client;
using FieldNet.Mqtt.Packets;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Replay;

/// <summary>Publishes a capture's messages onto a broker, as if they happened now.</summary>
/// <remarks>
/// Connections: one for waveforms, one for the rest. Loss: what can't be marked as replayed (not the ward's, or not readable) is left out and
/// counted, unless it goes verbatim. Threading: one loop.
/// </remarks>
/// <param name="stamps">Null sends payloads as captured.</param>
internal sealed class BrokerReplay(IReplaySource source, ReplayOptions options, MqttServerAddress server, ReplayStamps? stamps, TimeProvider time) : IDisposable
{
    private const int TellEvery = 256;

    private static readonly TimeSpan LastAnswersWithin = TimeSpan.FromSeconds(10);

    private readonly BedFilter? _bed = options.Bed is { } bed ? new BedFilter(bed) : null;
    private readonly ReplayPace _pace = new(options.Speed, time);
    private readonly SemaphoreSlim _answered = new(0);
    private long _refused;

    public ReplayProgress Progress { get; } = new();

    public long Published { get; private set; }

    public long LeftOut { get; private set; }

    /// <summary>Answered with a failure.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <exception cref="EnvironmentFaultException">No connection, or it ended.</exception>
    public async Task RunAsync(Action<double> told, CancellationToken cancellation)
    {
        try
        {
            await using var facts = await ConnectAsync(cancellation).ConfigureAwait(false);
            await using var waves = await ConnectAsync(cancellation).ConfigureAwait(false);
            long awaited = 0;
            while (TryNext(out var next))
            {
                if (next.Pause > TimeSpan.Zero)
                {
                    await Task.Delay(next.Pause, time, cancellation).ConfigureAwait(false);
                }

                if (Progress.Records % TellEvery == 0)
                {
                    told(source.Done);
                }

                var client = next.Topic.Message == MessageKind.Wave ? waves : facts;
                if (next.Payload(stamps, NowUs - next.LogTimeUs) is { } payload)
                {
                    await PublishAsync(client, next, payload, cancellation).ConfigureAwait(false);
                    awaited += next.Qos > 0 ? 1 : 0;
                    Published++;
                }
                else
                {
                    LeftOut++;
                }
            }

            for (; awaited > 0; awaited--)
            {
                if (!await _answered.WaitAsync(LastAnswersWithin, cancellation).ConfigureAwait(false))
                {
                    throw new EnvironmentFaultException($"{server} did not answer the last {awaited} messages.");
                }
            }

            await facts.DisconnectAsync(cancellationToken: cancellation).ConfigureAwait(false);
            await waves.DisconnectAsync(cancellationToken: cancellation).ConfigureAwait(false);
            told(1);
        }
        catch (MqttClientException fault)
        {
            throw new EnvironmentFaultException($"{server} can't be published to: {fault.Message}", fault);
        }
    }

    public void Dispose() => _answered.Dispose();

    private long NowUs => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static async Task PublishAsync(MqttClient client, Outgoing message, byte[] payload, CancellationToken cancellation)
    {
        while (!client.TryPublish(message.Topic.Utf8, payload, message.Qos, message.Retain, message.ContentType))
        {
            if (client.Closed.IsCompleted)
            {
                throw new MqttClientException(MqttReasonCode.ServerUnavailable, isRemote: true, (await client.Closed.ConfigureAwait(false)).Detail);
            }

            await client.WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }
    }

    private Task<MqttClient> ConnectAsync(CancellationToken cancellation) => MqttClient.ConnectAsync(
        server,
        new MqttClientOptions
        {
            Acknowledged = (_, reason) =>
            {
                Interlocked.Add(ref _refused, reason >= MqttReasonCode.UnspecifiedError ? 1 : 0);
                _answered.Release();
            },
        },
        time,
        cancellation);

    /// <summary>Goes to the next message of the span.</summary>
    private bool TryNext(out Outgoing next)
    {
        next = default;
        while (source.TryRead(out var record) && record.LogTimeUs <= options.ToUs)
        {
            if (record.LogTimeUs < options.FromUs)
            {
                continue;
            }

            Progress.Count(record.LogTimeUs, source.Holds(record.Kind));
            if (record.Kind == RecordKind.Publish && (_bed is null || _bed.Takes(record)))
            {
                next = new Outgoing(
                    record.Topic, record.Qos, record.Retain, record.LogTimeUs, _pace.Before(record.LogTimeUs), TelemetryDecoder.FormatOf(record.Properties),
                    ContentTypeOf(record.Properties), record.Payload.ToArray());
                return true;
            }
        }

        return false;
    }

    private static byte[] ContentTypeOf(ReadOnlySpan<byte> properties) =>
        !properties.IsEmpty && MqttPropertyRules.TryFind(properties, MqttPropertyId.ContentType, out var type) ? type.Bytes.ToArray() : [];

    /// <summary>One captured message on its way.</summary>
    private readonly record struct Outgoing(
        Topic Topic, byte Qos, bool Retain, long LogTimeUs, TimeSpan Pause, PayloadFormat Format, byte[] ContentType, byte[] Captured)
    {
        public byte[]? Payload(ReplayStamps? stamps, long shiftUs) => stamps is null ? Captured : stamps.Rewrite(Topic, Format, Captured, shiftUs);
    }
}
