using System.Text.Json.Nodes;

namespace FieldNet.Edge.Cuts;

/// <summary>Rewrites the texts in the JSON of the agent's own records: its words stay, names are replaced, anything else goes. Numbers stay.</summary>
internal sealed class PseudonymousJson(Pseudonyms pseudonyms)
{
    private static readonly string[] Places = ["ward", "bed", "device"];

    public void Rewrite(JsonObject members)
    {
        foreach (var (name, value) in members.ToArray())
        {
            members[name] = Rewritten(name, value);
        }
    }

    private JsonNode? Rewritten(string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                Rewrite(members);
                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    items[i] = Rewritten(name, items[i]);
                }

                return items;
            case JsonValue text when text.TryGetValue<string>(out var said):
                return Of(name, said);
            default:
                return value;
        }
    }

    private string Of(string name, string said) => name switch
    {
        "reason" or "what" or "version" or "kind" or "hop" or "step" or "will_topic" or "will_payload" or "will_properties" => said,
        "slice" or "slice_sd" or "allowed_slices" => said,
        "target" when said is "core" or "backhaul" => said,
        "address" or "broker" or "user" or "certificate" or "supi" or "site" or "cell" => pseudonyms.Of(name, said),
        "ip" or "ipv4" or "peer" or "gnb_address" or "upf_address" => pseudonyms.Of("address", said),
        "name" => pseudonyms.Of("cell", said),
        "pei" or "source" or "session" or "id" or "gnb_id" => pseudonyms.Of("network", said),
        "ward" => said.Split('/') is [var site, var ward] ? $"{pseudonyms.Of("site", site)}/{pseudonyms.Of("ward", ward)}" : pseudonyms.Of("ward", said),
        "target" or "gateway" => Path(said, Places),
        "serves" => Path(said, Places[1..]),
        _ => "",
    };

    private string Path(string said, string[] kinds)
    {
        var levels = said.Split('/');
        return levels.Length == kinds.Length
            ? string.Join('/', levels.Zip(kinds, (level, kind) => level.StartsWith('_') ? level : pseudonyms.Of(kind, level)))
            : pseudonyms.Of("device", said);
    }
}
