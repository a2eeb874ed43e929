namespace FieldNet.TestKit.Disk;

/// <summary>One file of a <see cref="SimulatedDisk"/>: what is on the medium, and what only the operating system has.</summary>
internal sealed class SimulatedFile
{
    private const int SectorBytes = 512;

    /// <summary>Sectors written since the last sync, and those that a failed sync gave up.</summary>
    private readonly HashSet<long> _unsynced = [];
    private readonly HashSet<long> _givenUp = [];
    private byte[] _current = [];
    private byte[] _durable = [];
    private int _durableLength;

    public int Length { get; private set; }

    public int Read(Span<byte> into, long offset)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        _current.AsSpan((int)Math.Min(offset, Length), count).CopyTo(into);
        return count;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var end = (int)offset + bytes.Length;
        Length = Math.Max(Length, end);
        Reserve(ref _current, Length);
        bytes.CopyTo(_current.AsSpan((int)offset));
        for (var sector = offset / SectorBytes; sector * SectorBytes < end; sector++)
        {
            _unsynced.Add(sector);
            _givenUp.Remove(sector);
        }
    }

    public void SetLength(long length)
    {
        Reserve(ref _current, (int)length);
        _current.AsSpan((int)length).Clear();
        Length = (int)length;
    }

    public void Sync()
    {
        Reserve(ref _durable, Length);
        foreach (var sector in _unsynced)
        {
            CopySector(sector);
        }

        _unsynced.Clear();
        _durableLength = Length;
    }

    /// <summary>What a failed sync does: the sectors stay readable but no later sync will save them.</summary>
    public void ForgetUnsynced()
    {
        _givenUp.UnionWith(_unsynced);
        _unsynced.Clear();
    }

    public SimulatedFile AfterCrash(Random random)
    {
        // Some crashes lose all, some nothing, most any part.
        var keep = random.Next(4) switch { 0 => 0.0, 1 => 1.0, _ => random.NextDouble() };
        var kept = _unsynced.Concat(_givenUp).Order().Where(_ => random.NextDouble() < keep).ToList();
        Reserve(ref _durable, Length);
        kept.ForEach(CopySector);
        // The length is metadata of its own: it may have grown without its data, never less than data that is there.
        var least = kept.Aggregate(_durableLength, (length, sector) => Math.Max(length, (int)Math.Min(Length, (sector + 1) * SectorBytes)));
        var survivor = new SimulatedFile { Length = least + (least < Length && random.Next(4) == 0 ? random.Next(Length - least) : 0) };
        survivor._current = _durable.AsSpan(0, survivor.Length).ToArray();
        survivor._durable = [.. survivor._current];
        survivor._durableLength = survivor.Length;
        return survivor;
    }

    public byte[] ToArray() => _current.AsSpan(0, Length).ToArray();

    private static void Reserve(ref byte[] bytes, int length)
    {
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(length, bytes.Length * 2));
        }
    }

    private void CopySector(long sector)
    {
        var start = (int)sector * SectorBytes;
        var count = Math.Min(SectorBytes, Length - start);
        if (count > 0)
        {
            _current.AsSpan(start, count).CopyTo(_durable.AsSpan(start));
        }
    }
}
