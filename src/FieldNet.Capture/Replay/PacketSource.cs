using FieldNet.Capture.Packets;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Replay;

/// <summary>The MQTT messages in a pcap or pcapng file, as an agent would have taken them: clients' PUBLISH packets only.</summary>
/// <remarks>
/// Several files are one capture in pieces, as <c>tcpdump -C</c> writes them: connections go on from one to the next.
/// Errors: a file that is no capture throws <see cref="PacketCaptureException"/> once it is its turn. Loss: damaged places, lost segments, encrypted sessions and
/// messages that can't be read are counted there too.
/// </remarks>
public sealed class PacketSource : IReplaySource
{
    private readonly CapturedMessages _messages;
    private readonly MqttCapture _capture;
    private readonly IReadOnlyList<string> _paths;
    private readonly List<string> _damage = [];
    private ICaptureReader? _reader;
    private int _opened;
    private int _at;
    private bool _isFinished;

    /// <param name="paths">Packet captures, in order.</param>
    /// <param name="topics">Interns the topics of the records.</param>
    public PacketSource(IReadOnlyList<string> paths, TopicTable topics)
    {
        _messages = new CapturedMessages(topics);
        _paths = paths;
        _capture = new MqttCapture(_messages);
    }

    /// <inheritdoc/>
    public double Done => Math.Max(0, _opened - 1 + (_reader?.Done ?? 1)) / _paths.Count;

    /// <inheritdoc/>
    public int Quarantined => 0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Remarks =>
    [
        .. _damage,
        .. Counted(_messages.LostSegments, "gaps: bytes were sent that are not in the capture; messages in them are unknown"),
        .. Counted(_messages.EncryptedSessions, "encrypted sessions (TLS): what they carry can't be read"),
        .. Counted(_messages.Unusable, "PUBLISH packets of clients that no agent would have taken, or whose topic alias was given before the capture began"),
        .. Counted(_messages.BrokenStreams, "streams that can't be cut into packets from some point on"),
    ];

    /// <inheritdoc/>
    public bool Holds(RecordKind kind) => kind == RecordKind.Publish;

    /// <inheritdoc/>
    public bool TryRead(out LogRecord record)
    {
        while (_at == _messages.Batch.Count)
        {
            _messages.Batch.Clear();
            _at = 0;
            if (!TryFeed())
            {
                record = default;
                return false;
            }
        }

        record = _messages.Batch[_at++];
        return true;
    }

    public void Dispose() => _reader?.Dispose();

    private static IEnumerable<string> Counted(long count, string what) => count == 0 ? [] : [$"{count} {what}."];

    /// <summary>Takes one frame, or moves on to the next file.</summary>
    /// <returns>False when there is nothing more.</returns>
    private bool TryFeed()
    {
        if (_isFinished)
        {
            return false;
        }

        if (_reader is null && _opened == _paths.Count)
        {
            _messages.IsEnding = _isFinished = true;
            _capture.Finish();
            return true;
        }

        _reader ??= CaptureFile.Open(_paths[_opened++]);
        if (_reader.TryRead(out var frame))
        {
            _capture.Take(frame);
            return true;
        }

        if (_reader.IsCut)
        {
            _damage.Add($"{_paths[_opened - 1]} ends in the middle of a frame.");
        }

        if (_reader.Damaged > 0)
        {
            _damage.Add($"{_paths[_opened - 1]} has {_reader.Damaged} damaged places, which were passed over.");
        }

        _reader.Dispose();
        _reader = null;
        return true;
    }
}
