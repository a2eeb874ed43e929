using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FieldNet.Detection.Streams;

/// <summary>Counts of non-negative numbers in buckets that grow with them: any quantile within 3 %, from 16 microseconds to over an hour.</summary>
/// <remarks>
/// Shape: 16 linear buckets an octave, the first 16 of width 1 unit of 2^4 µs; serialised as text of its filled buckets. Mergeable. Allocation: none after
/// the first value. Source: the bucket layout of HdrHistogram (Tene).
/// </remarks>
[JsonConverter(typeof(AsText))]
public sealed class LogLinearHistogram
{
    private const int SubBits = 4;
    private const int Sub = 1 << SubBits;
    private const int UnitBits = 4;
    private const int Octaves = 24;
    private const int Buckets = (Octaves + 1) * Sub;

    private uint[]? _counts;

    public long Count { get; private set; }

    /// <param name="valueUs">Below 0 counts as 0, above the last bucket in the last.</param>
    public void Add(long valueUs)
    {
        _counts ??= new uint[Buckets];
        _counts[BucketOf(valueUs)]++;
        Count++;
    }

    public void Clear()
    {
        if (Count > 0)
        {
            Array.Clear(_counts!);
            Count = 0;
        }
    }

    public void Add(LogLinearHistogram other)
    {
        for (var i = 0; other._counts is not null && i < Buckets; i++)
        {
            (_counts ??= new uint[Buckets])[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>The value that this share of the counted lie at or below, of both histograms together; the middle of its bucket. Null while there are none.</summary>
    public static double? QuantileUs(LogLinearHistogram a, LogLinearHistogram b, double share)
    {
        var total = a.Count + b.Count;
        if (total == 0)
        {
            return null;
        }

        var rank = Math.Clamp((long)Math.Ceiling(share * total), 1, total);
        for (var i = 0; i < Buckets; i++)
        {
            rank -= (a._counts?[i] ?? 0) + (b._counts?[i] ?? 0);
            if (rank <= 0)
            {
                return MiddleOf(i);
            }
        }

        return MiddleOf(Buckets - 1);
    }

    public double? QuantileUs(double share) => QuantileUs(this, Empty, share);

    private static LogLinearHistogram Empty { get; } = new();

    private static int BucketOf(long valueUs)
    {
        var units = (ulong)Math.Max(0, valueUs) >> UnitBits;
        if (units < Sub)
        {
            return (int)units;
        }

        var octave = BitOperations.Log2(units) - SubBits;
        return Math.Min(((octave + 1) * Sub) + (int)((units >> octave) - Sub), Buckets - 1);
    }

    private static double MiddleOf(int bucket)
    {
        var (octave, within) = ((bucket / Sub) - 1, bucket % Sub);
        var (low, width) = octave < 0 ? (within, 1L) : ((long)(Sub + within) << octave, 1L << octave);
        return ((low << UnitBits) + ((low + width) << UnitBits)) / 2.0;
    }

    private sealed class AsText : JsonConverter<LogLinearHistogram>
    {
        public override LogLinearHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var histogram = new LogLinearHistogram();
            foreach (var pair in (reader.GetString() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var colon = pair.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0 || !int.TryParse(pair.AsSpan(0, colon), CultureInfo.InvariantCulture, out var bucket) || bucket is < 0 or >= Buckets
                    || !uint.TryParse(pair.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var count))
                {
                    throw new JsonException($"'{pair}' is no bucket");
                }

                (histogram._counts ??= new uint[Buckets])[bucket] = count;
                histogram.Count += count;
            }

            return histogram;
        }

        public override void Write(Utf8JsonWriter writer, LogLinearHistogram value, JsonSerializerOptions options)
        {
            var text = new StringBuilder();
            for (var i = 0; value._counts is not null && i < Buckets; i++)
            {
                if (value._counts[i] > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{i}:{value._counts[i]},");
                }
            }

            writer.WriteStringValue(text.ToString());
        }
    }
}
