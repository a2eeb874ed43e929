using System.Threading.Channels;
using FieldNet.Mqtt.Packets;

namespace FieldNet.Mqtt.Client;

/// <summary>The receiver of a client whose user reads <see cref="MqttClient.Messages"/>: a bounded channel of copies.</summary>
internal sealed class MessageQueue(int capacity) : IMqttReceiver
{
    private readonly Channel<MqttMessage> _messages = Channel.CreateBounded<MqttMessage>(new BoundedChannelOptions(capacity) { SingleWriter = true });

    public ChannelReader<MqttMessage> Reader => _messages.Reader;

    public void Connected(MqttClient client)
    {
    }

    public void BytesCame()
    {
    }

    // Full, TryWrite is false: the mode is Wait.
    public bool TryTake(in PublishPacket message) => _messages.Writer.TryWrite(MqttMessage.CopyOf(message));

    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken) =>
        await _messages.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);

    public void Complete() => _messages.Writer.TryComplete();
}
