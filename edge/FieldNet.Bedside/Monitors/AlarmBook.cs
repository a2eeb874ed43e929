using System.Globalization;

namespace FieldNet.Bedside.Monitors;

/// <summary>Which alarm conditions are present: each rises when its rule has held for the rule's delay, and ends when it no longer holds.</summary>
internal sealed class AlarmBook
{
    private readonly Dictionary<AlarmRule, long> _heldSinceUs = [];
    private readonly List<ActiveAlarm> _active = [];

    /// <summary>In order of onset.</summary>
    public IReadOnlyList<ActiveAlarm> Active => _active;

    /// <summary>Changes whenever a condition rises or ends.</summary>
    public int Version { get; private set; }

    /// <returns>The condition is present.</returns>
    public bool Judge(AlarmRule rule, bool holds, long nowUs, double? value = null, double? low = null, double? high = null)
    {
        int at = _active.FindIndex(a => ReferenceEquals(a.Rule, rule));
        if (!holds)
        {
            _heldSinceUs.Remove(rule);
            if (at >= 0)
            {
                _active.RemoveAt(at);
                Version++;
            }
            return false;
        }
        if (at >= 0)
        {
            _active[at] = _active[at] with { Value = value };
            return true;
        }
        if (!_heldSinceUs.TryGetValue(rule, out long since))
        {
            _heldSinceUs.Add(rule, since = nowUs);
        }
        if (nowUs - since < rule.DelaySeconds * 1e6)
        {
            return false;
        }
        _active.Add(new(rule, string.Create(CultureInfo.InvariantCulture, $"{rule.Key}-{nowUs / 1000}"), nowUs, value, low, high));
        Version++;
        return true;
    }
}
