namespace FieldNet.Capture.Wfdb;

/// <summary>Reads a WFDB record from its start to its end, ordinary or of several segments, never more than a block in memory.</summary>
/// <remarks>
/// Threading: one thread. Loss: what is absent or damaged has no values, keeps its time, and stands in <see cref="Problems"/>.
/// Source: WFDB Applications Guide, header(5) and signal(5).
/// </remarks>
public sealed class WfdbRecordReader : IDisposable
{
    private readonly WfdbProblems _problems = new();
    private readonly bool _variable;
    private readonly int[] _sums;
    private WfdbSegmentReader? _segment;
    private long _gapFrames;
    private int _next;

    private WfdbRecordReader(WfdbHeader header)
    {
        Header = header;
        _variable = header.Segments is [{ Frames: 0 }, ..];
        _next = _variable ? 1 : 0;
        Signals = header.Segments.Count == 0 ? header.Signals : SignalsOfSegments();
        Block = new(Signals.Count);
        _sums = new int[Signals.Count];
        if (header.Segments.Count == 0)
        {
            _segment = new(header, [.. Enumerable.Range(0, Signals.Count)], header.Frames, _problems);
        }
    }

    public WfdbHeader Header { get; }

    /// <summary>The record's signals: of the layout, or of the first segment that is there, where it has segments.</summary>
    public IReadOnlyList<WfdbSignal> Signals { get; }

    /// <summary>The frames that <see cref="TryRead"/> read last.</summary>
    public WfdbBlock Block { get; }

    /// <summary>What could not be read so far, in sentences.</summary>
    public IReadOnlyList<string> Problems => _problems.All;

    /// <summary>Frames of the record so far, gaps included; all of them once <see cref="TryRead"/> said false.</summary>
    public long Frames { get; private set; }

    /// <exception cref="WfdbFormatException">Malformed, or in a format that is not read here.</exception>
    /// <exception cref="FlacUnavailableException">FLAC, and no libFLAC on this machine.</exception>
    /// <exception cref="IOException">A file is there and can't be read.</exception>
    public static WfdbRecordReader Open(string headerPath) => new(WfdbHeader.Read(headerPath));

    public double SamplesPerSecond(int signal) => Header.FramesPerSecond * Signals[signal].SamplesPerFrame;

    /// <summary>Sum of a signal's stored values read so far, low 16 bits, as headers state it; over all segments. A gap adds nothing.</summary>
    public short Checksum(int signal) => unchecked((short)_sums[signal]);

    /// <summary>Reads on into <see cref="Block"/>.</summary>
    /// <returns>False at the end of the record.</returns>
    public bool TryRead()
    {
        while (_segment is null || !_segment.TryRead(Block, Frames))
        {
            EndSegment();
            if (_gapFrames > 0)
            {
                Block.Clear(Frames, _gapFrames);
                _gapFrames = 0;
                break;
            }
            if (_next >= Header.Segments.Count)
            {
                SayLength();
                return false;
            }
            OpenSegment(Header.Segments[_next++]);
        }
        Frames += Block.Frames;
        return true;
    }

    public void Dispose() => _segment?.Dispose();

    private void EndSegment()
    {
        _segment?.AddSums(_sums);
        _segment?.Dispose();
        _segment = null;
    }

    private void OpenSegment(WfdbSegment segment)
    {
        var header = segment.Record == "~" ? null : HeaderOf(segment.Record);
        if (header is null)
        {
            _gapFrames = segment.Frames;
            return;
        }
        _segment = new(header, Places(header), segment.Frames, _problems);
    }

    /// <summary>Null, and a problem, if it is not there or is no ordinary record.</summary>
    private WfdbHeader? HeaderOf(string name)
    {
        try
        {
            var header = WfdbHeader.Read(Path.Combine(Path.GetDirectoryName(Header.Path) ?? "", name + ".hea"));
            if (header.Segments.Count == 0)
            {
                return header;
            }
            _problems.Add($"segment {name} has segments itself");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            _problems.Add($"segment {name} is not there");
        }
        catch (WfdbFormatException malformed)
        {
            _problems.Add($"segment {name}: {malformed.Message}");
        }
        return null;
    }

    /// <summary>In a variable layout a signal is known by its description, otherwise by its place.</summary>
    private int[] Places(WfdbHeader segment)
    {
        int[] places = new int[segment.Signals.Count];
        for (int i = 0; i < places.Length; i++)
        {
            var signal = segment.Signals[i];
            int place = !_variable ? i : Signals.Index().Where(s => s.Item.Description == signal.Description).Select(s => s.Index).FirstOrDefault(-1);
            bool fits = place >= 0 && place < Signals.Count && !places.AsSpan(0, i).Contains(place)
                && Signals[place].SamplesPerFrame == signal.SamplesPerFrame && segment.FramesPerSecond == Header.FramesPerSecond;
            places[i] = fits ? place : -1;
            if (!fits)
            {
                _problems.Add($"segment {segment.Name}: signal {i} ({signal.Description}) is none of the record's, or at another rate");
            }
        }
        return places;
    }

    private IReadOnlyList<WfdbSignal> SignalsOfSegments()
    {
        // A layout stands first and alone; without one, any segment tells.
        foreach (var segment in Header.Segments.Take(_variable ? 1 : int.MaxValue).Where(s => s.Record != "~"))
        {
            if (HeaderOf(segment.Record) is { } header)
            {
                return header.Signals;
            }
        }
        throw new WfdbFormatException(Header.Path, 0, _variable ? $"its layout {Header.Segments[0].Record}.hea is not there or malformed"
            : "none of its segments' headers is there, so that nothing is known of its signals");
    }

    private void SayLength()
    {
        if (Header.Segments.Count > 0 && Header.Frames is { } announced && announced != Frames)
        {
            _problems.Add($"its segments make {Frames:N0} frames, its record line says {announced:N0}");
        }
    }
}
