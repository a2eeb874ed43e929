using System.Text;
using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Log;

/// <summary>Reads one segment from its beginning, past damage, to wherever it ends now.</summary>
/// <remarks>
/// Lifetime: <see cref="Body"/> aliases the scanner's buffer until the next <see cref="TryNext"/>.
/// Errors: damage with a valid frame behind it is counted in <see cref="Corrupt"/>; damage with none is the torn tail, which a later
/// call looks at again, since the file may be growing.
/// </remarks>
internal sealed class SegmentScanner(IDiskFile file, SegmentHeader segment) : IDisposable
{
    private readonly Dictionary<long, string> _clients = [];
    private readonly Dictionary<long, TopicName> _topics = [];
    private byte[] _window = new byte[Chunk.UsualBytes];
    private long _windowStart;
    private int _windowBytes;
    private long _position = SegmentHeader.Bytes;
    private FrameHeader _header;
    private int _bodyAt;

    public SegmentHeader Segment { get; } = segment;

    public long Corrupt { get; private set; }

    /// <summary>Where the last valid frame ended.</summary>
    public long Position => _position;

    /// <summary>Where the last valid frame ended; the file's end when not even the head is whole.</summary>
    public long ValidEnd => Math.Min(file.Length, _position);

    /// <summary>Bytes behind <see cref="ValidEnd"/>; meaningful once <see cref="TryNext"/> has returned false.</summary>
    public long TornBytes => Math.Max(0, file.Length - _position);

    /// <summary>The record read last.</summary>
    public ref readonly FrameHeader Header => ref _header;

    public ReadOnlySpan<byte> Body => _window.AsSpan(_bodyAt, _header.BodyLength);

    /// <summary>Goes to the next record whose head and body are whole.</summary>
    public bool TryNext()
    {
        var at = _position;
        var damaged = 0;
        var inDamage = false;
        while (TryView(at, FrameHeader.Bytes, out var bytes))
        {
            if (!FrameHeader.TryRead(bytes, Segment.Salt, out _header) || !TryView(at, _header.FrameLength, out bytes))
            {
                damaged += inDamage ? 0 : 1;
                inDamage = true;
                at += FrameHeader.Alignment;
                continue;
            }

            inDamage = false;
            _bodyAt = (int)(at - _windowStart) + FrameHeader.Bytes;
            at += _header.FrameLength;
            if (!_header.Fits(Body, Segment.Salt))
            {
                damaged++;
                continue;
            }

            _position = at;
            Corrupt += damaged;
            damaged = 0;
            if (_header.Type == FrameHeader.Record)
            {
                return true;
            }

            AddEntry();
        }

        // What was read of a growing file's end must be read again.
        _windowBytes = 0;
        return false;
    }

    /// <summary>The record's client; null when its entry was lost.</summary>
    public string? Client => _header.Client == 0 ? "" : _clients.GetValueOrDefault(_header.Client);

    /// <summary>The record's topic, interned on first use and so in the order of the records; null when its entry was lost.</summary>
    public Topic? TopicIn(TopicTable topics)
    {
        if (InlineTopicBytes > 0)
        {
            return topics.Intern(Body[..InlineTopicBytes]);
        }

        return _header.Topic == 0 ? Topic.None
            : _topics.TryGetValue(_header.Topic, out var name) ? name.Topic ??= topics.Intern(name.Utf8)
            : null;
    }

    /// <summary>How much of the body the topic takes.</summary>
    public int InlineTopicBytes => (_header.Flags & FrameFlags.InlineTopic) != 0 ? _header.Topic : 0;

    public void Dispose() => file.Dispose();

    private void AddEntry()
    {
        if (_header.Type == FrameHeader.ClientEntry)
        {
            _clients.TryAdd(_header.Number, Encoding.UTF8.GetString(Body));
        }
        else
        {
            _topics.TryAdd(_header.Number, new TopicName(Body.ToArray()));
        }
    }

    private bool TryView(long at, int count, out ReadOnlySpan<byte> bytes)
    {
        var inWindow = at - _windowStart;
        if (inWindow < 0 || inWindow + count > _windowBytes)
        {
            if (count > _window.Length)
            {
                // The length is checked against the file before memory is reserved for it.
                if (at + count > file.Length)
                {
                    bytes = default;
                    return false;
                }

                _window = new byte[count];
            }

            _windowStart = at;
            _windowBytes = file.Read(_window, at);
            inWindow = 0;
        }

        var enough = inWindow + count <= _windowBytes;
        bytes = enough ? _window.AsSpan((int)inWindow, count) : default;
        return enough;
    }

    private sealed class TopicName(byte[] utf8)
    {
        public byte[] Utf8 => utf8;

        public Topic? Topic { get; set; }
    }
}
