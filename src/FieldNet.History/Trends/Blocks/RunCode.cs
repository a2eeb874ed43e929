namespace FieldNet.History.Trends.Blocks;

/// <summary>A list of yes and no that seldom changes, as the lengths of its runs.</summary>
internal static class RunCode
{
    public static void Write(BitWriter writer, ReadOnlySpan<bool> flags)
    {
        var runs = new List<ulong>();
        var (value, length) = (false, 0UL);
        foreach (var flag in flags)
        {
            if (flag != value)
            {
                runs.Add(length);
                (value, length) = (flag, 0);
            }

            length++;
        }

        // The last run is what is left; the first is of no, and may be empty.
        writer.WriteVarint((ulong)runs.Count);
        if (runs.Count > 0)
        {
            RiceCode.Write(writer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(runs));
        }
    }

    public static void Read(ref BitReader reader, Span<bool> flags)
    {
        flags.Clear();
        var count = reader.ReadCount(flags.Length);
        if (count == 0)
        {
            return;
        }

        var runs = new ulong[count];
        RiceCode.Read(ref reader, runs);
        var (value, at) = (false, 0);
        foreach (var run in runs)
        {
            if (run > (ulong)(flags.Length - at))
            {
                throw new InvalidDataException("A run is longer than its list.");
            }

            flags.Slice(at, (int)run).Fill(value);
            (at, value) = (at + (int)run, !value);
        }

        flags[at..].Fill(value);
    }
}
