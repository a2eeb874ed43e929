using System.Numerics;
using System.Runtime.InteropServices;

namespace FieldNet.History.Trends.Blocks;

/// <summary>All series of one device over one span, packed.</summary>
/// <remarks>
/// Shape: version; rows (count, times as differences of differences, which are late); columns (count; id and bytes of each); then each
/// column (which rows it has, their values); CRC-32C of it all. The numbers of one message share their time, so the time is kept once
/// for all of them. Exact: every time and every bit of a value comes back.
/// Errors: <see cref="InvalidDataException"/> for anything that this did not write.
/// </remarks>
internal static class TrendBlock
{
    private const byte Version = 1;
    private const int CrcBytes = sizeof(uint);

    /// <summary>Of both: a block holds no more, so a count beyond is damage.</summary>
    private const int MaxRows = 1 << 24;

    public static byte[] Write(IReadOnlyList<BlockColumn> columns)
    {
        var rows = RowsOf(columns);
        var writer = new BitWriter();
        writer.Write(Version, 8);
        WriteRows(writer, rows);
        var bodies = new List<byte[]>(columns.Count);
        writer.WriteVarint((ulong)columns.Count);
        foreach (var column in columns)
        {
            var body = WriteColumn(column, rows);
            bodies.Add(body);
            writer.WriteVarint((ulong)column.Id);
            writer.WriteVarint((ulong)body.Length);
        }

        writer.Align();
        bodies.ForEach(body => writer.WriteBytes(body));
        writer.Write(Crc(writer.Written), 32);
        return writer.Written.ToArray();
    }

    /// <summary>The columns with <paramref name="count"/> numbers from <paramref name="first"/> on; the others are passed over.</summary>
    public static List<BlockColumn> Read(ReadOnlySpan<byte> block, int first = 0, int count = int.MaxValue)
    {
        var reader = Open(block);
        var rows = ReadRows(ref reader);
        var columns = new List<BlockColumn>();
        foreach (var (id, length) in ReadDirectory(ref reader))
        {
            var body = reader.ReadBytes(length);
            if (id >= first && id - first < count)
            {
                columns.Add(new BlockColumn(id, ReadColumn(body, rows)));
            }
        }

        return columns;
    }

    /// <summary>The distinct times of all columns, in order; a live and a late value of one time are two rows.</summary>
    private static List<(long TimeUs, bool IsLate)> RowsOf(IReadOnlyList<BlockColumn> columns)
    {
        var rows = new List<(long TimeUs, bool IsLate)>();
        foreach (var column in columns)
        {
            var (merged, next) = (new List<(long, bool)>(rows.Count), 0);
            foreach (var point in column.Points)
            {
                var row = (point.TimeUs, point.IsLate);
                while (next < rows.Count && rows[next].CompareTo(row) < 0)
                {
                    merged.Add(rows[next++]);
                }

                merged.Add(row);
                next += next < rows.Count && rows[next] == row ? 1 : 0;
            }

            merged.AddRange(CollectionsMarshal.AsSpan(rows)[next..]);
            rows = merged;
        }

        return rows;
    }

    private static void WriteRows(BitWriter writer, List<(long TimeUs, bool IsLate)> rows)
    {
        writer.WriteVarint((ulong)rows.Count);
        if (rows.Count == 0)
        {
            return;
        }

        // Wrapping on purpose: it comes back the same, and no time is too far.
        var bends = new ulong[rows.Count - 1];
        var step = rows.Count > 1 ? unchecked(rows[1].TimeUs - rows[0].TimeUs) : 0;
        writer.WriteZigzag(rows[0].TimeUs);
        writer.WriteZigzag(step);
        for (var i = 1; i < rows.Count; i++)
        {
            var next = unchecked(rows[i].TimeUs - rows[i - 1].TimeUs);
            bends[i - 1] = Zigzag.Encode(unchecked(next - step));
            step = next;
        }

        RiceCode.Write(writer, bends);
        RunCode.Write(writer, CollectionsMarshal.AsSpan(rows.ConvertAll(row => row.IsLate)));
    }

    private static (long TimeUs, bool IsLate)[] ReadRows(ref BitReader reader)
    {
        var rows = new (long TimeUs, bool IsLate)[reader.ReadCount(MaxRows)];
        if (rows.Length == 0)
        {
            return rows;
        }

        var (time, step) = (reader.ReadZigzag(), reader.ReadZigzag());
        var bends = new ulong[rows.Length - 1];
        RiceCode.Read(ref reader, bends);
        var late = new bool[rows.Length];
        RunCode.Read(ref reader, late);
        rows[0] = (time, late[0]);
        for (var i = 1; i < rows.Length; i++)
        {
            step = unchecked(step + Zigzag.Decode(bends[i - 1]));
            time = unchecked(time + step);
            rows[i] = (time, late[i]);
        }

        return rows;
    }

    private static List<(int Id, int Length)> ReadDirectory(ref BitReader reader)
    {
        var count = reader.ReadCount(MaxRows);
        var directory = new List<(int, int)>();
        for (var i = 0; i < count; i++)
        {
            directory.Add((reader.ReadCount(int.MaxValue), reader.ReadCount(int.MaxValue)));
        }

        reader.Align();
        return directory;
    }

    private static byte[] WriteColumn(BlockColumn column, List<(long TimeUs, bool IsLate)> rows)
    {
        var writer = new BitWriter();
        var here = new bool[rows.Count];
        var values = new double[column.Points.Count];
        var row = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var point = column.Points[i];
            while (rows[row] != (point.TimeUs, point.IsLate))
            {
                row++;
            }

            here[row++] = true;
            values[i] = point.Value;
        }

        RunCode.Write(writer, here);
        ValueCode.Write(writer, values);
        writer.Align();
        return writer.Written.ToArray();
    }

    private static List<TrendPoint> ReadColumn(ReadOnlySpan<byte> body, (long TimeUs, bool IsLate)[] rows)
    {
        var reader = new BitReader(body);
        var here = new bool[rows.Length];
        RunCode.Read(ref reader, here);
        var values = new double[here.AsSpan().Count(true)];
        ValueCode.Read(ref reader, values);
        var points = new List<TrendPoint>(values.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            if (here[row])
            {
                points.Add(new TrendPoint(rows[row].TimeUs, values[points.Count], rows[row].IsLate));
            }
        }

        return points;
    }

    private static BitReader Open(ReadOnlySpan<byte> block)
    {
        if (block.Length <= CrcBytes || MemoryMarshal.Read<uint>(block[^CrcBytes..]) != Crc(block[..^CrcBytes]))
        {
            throw new InvalidDataException("The block's checksum does not fit.");
        }

        var reader = new BitReader(block[..^CrcBytes]);
        var version = reader.Read(8);
        return version == Version ? reader : throw new InvalidDataException($"A block of version {version}.");
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var b in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
