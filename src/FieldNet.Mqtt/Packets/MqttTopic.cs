namespace FieldNet.Mqtt.Packets;

/// <summary>What topic names and filters may look like.</summary>
/// <remarks>Shape: UTF-8 that the codec has already validated. Source: MQTT 5.0 section 4.7.</remarks>
public static class MqttTopic
{
    private const byte Separator = (byte)'/';

    /// <summary>At least one byte and no wildcard (4.7.1-1, 4.7.3-1).</summary>
    public static bool IsValidName(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAny((byte)'+', (byte)'#');

    /// <summary>At least one byte, wildcards fill whole levels, <c>#</c> is last, and it is not deeper than the limit.</summary>
    public static bool IsValidFilter(ReadOnlySpan<byte> filter, int maxLevels)
    {
        if (filter.IsEmpty)
        {
            return false;
        }

        for (var levels = 1; levels <= maxLevels; levels++)
        {
            var isLast = !TrySplit(filter, out var level, out filter);
            if (level.Length > 1 && level.ContainsAny((byte)'+', (byte)'#'))
            {
                return false;
            }

            if (isLast)
            {
                return true;
            }

            if (level is [(byte)'#'])
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A shared subscription, <c>$share/{name}/{filter}</c> (4.8.2).</summary>
    public static bool IsShared(ReadOnlySpan<byte> filter) => filter.StartsWith("$share/"u8);

    /// <summary>Takes a shared subscription's filter apart.</summary>
    /// <returns>False when there is no share name or no filter behind it, or the name has a wildcard (4.8.2-1, 4.8.2-2).</returns>
    public static bool TrySplitShared(ReadOnlySpan<byte> shared, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> filter)
    {
        name = default;
        filter = default;
        return TrySplit(shared, out var marker, out var rest) && marker.SequenceEqual("$share"u8)
            && TrySplit(rest, out name, out filter) && IsValidName(name) && !filter.IsEmpty;
    }

    /// <summary>A valid filter matches a valid name.</summary>
    public static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> name)
    {
        // 4.7.2: a leading wildcard does not see topics that begin with $.
        if (name is [(byte)'$', ..] && filter is [(byte)'+' or (byte)'#', ..])
        {
            return false;
        }

        while (true)
        {
            var moreFilter = TrySplit(filter, out var wanted, out filter);
            if (wanted is [(byte)'#'])
            {
                return true;
            }

            var moreName = TrySplit(name, out var level, out name);
            if (wanted is not [(byte)'+'] && !wanted.SequenceEqual(level))
            {
                return false;
            }

            if (!moreName)
            {
                // 4.7.1.2: "sport/#" matches "sport" too.
                return !moreFilter || filter is [(byte)'#'];
            }

            if (!moreFilter)
            {
                return false;
            }
        }
    }

    /// <summary>Takes the first level off.</summary>
    /// <returns>False when it was the last one.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> level, out ReadOnlySpan<byte> rest)
    {
        var end = topic.IndexOf(Separator);
        if (end < 0)
        {
            level = topic;
            rest = default;
            return false;
        }

        level = topic[..end];
        rest = topic[(end + 1)..];
        return true;
    }
}
