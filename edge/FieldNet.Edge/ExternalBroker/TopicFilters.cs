namespace FieldNet.Edge.ExternalBroker;

/// <summary>Whether what we subscribe to brings a topic.</summary>
internal static class TopicFilters
{
    public static bool Cover(IEnumerable<string> filters, string topic) => filters.Any(filter => Covers(filter.Split('/'), topic.Split('/')));

    private static bool Covers(string[] filter, string[] topic)
    {
        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] == "#")
            {
                return true;
            }

            if (i == topic.Length || (filter[i] != "+" && filter[i] != topic[i]))
            {
                return false;
            }
        }

        return filter.Length == topic.Length;
    }
}
