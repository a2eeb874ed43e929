using System.Text;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Edge.Cuts;

/// <summary>Rewrites topics: site, ward, bed and device below <c>fieldnet/v1</c>, and any other topic whole.</summary>
/// <remarks>A topic keeps its kind: a device's stays a device's, one outside the grammar stays outside. Levels that begin with <c>_</c> are the agent's own words.</remarks>
internal sealed class PseudonymousTopics(Pseudonyms pseudonyms)
{
    private static readonly string[] Kinds = ["site", "ward", "bed", "device"];

    private readonly TopicTable _written = new();
    private readonly Dictionary<Topic, Topic> _known = [];

    public Topic Of(Topic topic)
    {
        if (!_known.TryGetValue(topic, out var written))
        {
            written = ReferenceEquals(topic, Topic.None) ? topic : _written.Intern(Encoding.UTF8.GetBytes(Rewrite(topic)));
            if (topic.Id >= 0)
            {
                _known.Add(topic, written);
            }
        }

        return written;
    }

    private string Rewrite(Topic topic)
    {
        if (topic.Scope is not (TopicScope.Device or TopicScope.Derived or TopicScope.Watchdog))
        {
            return topic.Scope == TopicScope.Invalid ? $"fieldnet/{pseudonyms.Of("invalid", topic.Name)}" : pseudonyms.Of("topic", topic.Name);
        }

        var levels = topic.Name.Split('/');
        var named = topic.Scope == TopicScope.Watchdog ? 2 : Kinds.Length;
        for (var i = 0; i < named && i + 2 < levels.Length; i++)
        {
            ref var level = ref levels[i + 2];
            level = level.StartsWith('_') ? level : pseudonyms.Of(Kinds[i], level);
        }

        return string.Join('/', levels);
    }
}
