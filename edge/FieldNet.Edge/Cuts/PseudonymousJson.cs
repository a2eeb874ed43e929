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
            if (TryRewrite(name, value, out var made))
            {
                members[name] = made;
            }
        }
    }

    /// <returns>True for a text, which must be put in the place of the old one; what holds others is rewritten where it stands.</returns>
    private bool TryRewrite(string name, JsonNode? value, out string made)
    {
        made = "";
        switch (value)
        {
            case JsonObject members:
                Rewrite(members);
                return false;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (TryRewrite(name, items[i], out var item))
                    {
                        items[i] = item;
                    }
                }

                return false;
            case JsonValue text when text.TryGetValue<string>(out var said):
                made = Of(name, said);
                return true;
            default:
                return false;
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
