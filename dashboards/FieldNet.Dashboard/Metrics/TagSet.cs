using System.Globalization;

namespace FieldNet.Dashboard.Metrics;

/// <summary>The tags of one series, in whatever order the instrument was given them.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags)
{
    /// <summary>Sorted by name, so that the text is the same each time.</summary>
    private readonly KeyValuePair<string, object?>[] _tags = [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];

    public IEnumerable<(string Name, string Value)> Labels =>
        _tags.Select(tag => (tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));

    /// <summary>Lets a measurement find its series by the tags on its stack, without garbage.</summary>
    internal sealed class Comparer : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(TagSet? x, TagSet? y) => x is not null && y is not null && Equals(x._tags, y);

        public int GetHashCode(TagSet obj) => GetHashCode(obj._tags);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            if (alternate.Length != other._tags.Length)
            {
                return false;
            }

            foreach (var tag in alternate)
            {
                if (!Contains(other._tags, tag))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var sum = alternate.Length;
            foreach (var tag in alternate)
            {
                sum += HashCode.Combine(tag.Key, tag.Value);
            }

            return sum;
        }

        private static bool Contains(KeyValuePair<string, object?>[] tags, in KeyValuePair<string, object?> wanted)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == wanted.Key && Equals(tag.Value, wanted.Value))
                {
                    return true;
                }
            }

            return false;
        }

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());
    }
}
