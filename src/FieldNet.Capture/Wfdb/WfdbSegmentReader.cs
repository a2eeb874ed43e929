namespace FieldNet.Capture.Wfdb;

/// <summary>Reads one ordinary record, whole or as a segment of another, block by block.</summary>
/// <remarks>Loss: an absent, short or damaged file leaves its signals without values, and is one of the problems.</remarks>
internal sealed class WfdbSegmentReader : IDisposable
{
    /// <summary>A frame this large is no recording; a block of one would fill the memory.</summary>
    private const int MostSamplesPerFrame = 1 << 20;

    private const int BlockSamples = 1 << 16;

    /// <summary>Open at a time, half a MiB each; a file whose signals are skewed by different amounts counts for each.</summary>
    private const int MostFiles = 256;

    private readonly WfdbHeader _header;
    private readonly WfdbProblems _problems;
    private readonly int[] _places;
    private readonly List<WfdbSignalFile> _files = [];
    private readonly HashSet<WfdbSignalFile> _ended = [];
    private readonly int[][] _samples;
    private readonly int _blockFrames;
    private readonly long? _frames;
    private long _at;

    /// <param name="places">The record's own index of each of the segment's signals; -1 for one that is not wanted.</param>
    /// <param name="frames">Length; null reads to the end of the longest file.</param>
    /// <exception cref="WfdbFormatException">A format that is not read here.</exception>
    /// <exception cref="IOException">A file is there and can't be read.</exception>
    public WfdbSegmentReader(WfdbHeader header, int[] places, long? frames, WfdbProblems problems)
    {
        (_header, _places, _frames, _problems) = (header, places, frames, problems);
        long perFrame = header.Signals.Sum(s => (long)s.SamplesPerFrame);
        if (perFrame > MostSamplesPerFrame)
        {
            throw new WfdbFormatException(header.Path, 0, $"{perFrame:N0} samples a frame");
        }
        if (header.Signals.DistinctBy(s => (s.File, s.SkewFrames)).Count() > MostFiles)
        {
            throw new WfdbFormatException(header.Path, 0, $"more than {MostFiles} signal files or skews");
        }
        _blockFrames = (int)(BlockSamples / Math.Max(1, perFrame)) + 1;
        _samples = new int[header.Signals.Count][];
        foreach (var file in header.Signals.Index().Where(s => s.Item.File != "~").GroupBy(s => s.Item.File, StringComparer.Ordinal))
        {
            Open([.. file]);
        }
    }

    /// <summary>Fills the block with the next frames.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(WfdbBlock block, long recordFrame)
    {
        long left = _frames is { } all ? all - _at : long.MaxValue;
        if (left == 0 || (_frames is null && _ended.Count == _files.Count))
        {
            return false;
        }
        // With nothing left to read, the rest is one gap.
        long frames = _ended.Count == _files.Count ? left : Math.Min(left, _blockFrames);
        block.Clear(recordFrame, frames);
        int most = 0;
        foreach (var file in _files.Where(f => !_ended.Contains(f)))
        {
            most = Math.Max(most, Read(file, (int)frames, block));
        }
        block.Frames = _frames is null ? most : frames;
        _at += block.Frames;
        return block.Frames > 0;
    }

    /// <summary>The record's sums, this segment's added.</summary>
    public void AddSums(int[] sums)
    {
        foreach (var file in _files)
        {
            foreach (int index in file.Indices.Where(i => _places[i] >= 0))
            {
                sums[_places[index]] = unchecked(sums[_places[index]] + file.Sum(index));
            }
        }
    }

    public void Dispose() => _files.ForEach(f => f.Dispose());

    private void Open((int Index, WfdbSignal Signal)[] signals)
    {
        try
        {
            _files.AddRange(WfdbSignalFile.Open(_header, signals));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            _problems.Add($"{signals[0].Signal.File} is not there");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private int Read(WfdbSignalFile file, int frames, WfdbBlock block)
    {
        foreach (int index in file.Indices)
        {
            int room = frames * _header.Signals[index].SamplesPerFrame;
            _samples[index] = _places[index] >= 0 ? block.Room(_places[index], room) : _samples[index] ?? new int[room];
        }
        int read = file.Read(frames, _samples);
        foreach (int index in file.Indices.Where(i => _places[i] >= 0 && read > 0))
        {
            block.Set(_places[index], read * _header.Signals[index].SamplesPerFrame, _header.Signals[index]);
        }
        if (read < frames)
        {
            _ended.Add(file);
            Say(file, _at + read);
        }
        return read;
    }

    private void Say(WfdbSignalFile file, long frames)
    {
        if (file.Damage is { } damage)
        {
            _problems.Add($"{file.Name} {damage} behind frame {frames:N0}");
        }
        else if (_frames is { } all && frames + file.SkewFrames < all)
        {
            _problems.Add($"{file.Name} ends after {frames:N0} of {all:N0} frames");
        }
        else if (_frames is null && frames == 0)
        {
            _problems.Add($"{file.Name} holds no frame");
        }
    }
}
