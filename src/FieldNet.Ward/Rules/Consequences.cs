namespace FieldNet.Ward.Rules;

/// <summary>Which finding can be the effect of which: what an incident of one kind explains besides its own.</summary>
internal static class Consequences
{
    /// <summary>The nearer to a root, the smaller: an incident is named by the first of these that it has.</summary>
    private static readonly string[] Ranks =
    [
        "step", "drift", "offset", "power", "unregistered", "handover_ping_pong", "radio_weak", "uplink_limited", "congestion", "silent", "flapping", "loss",
        "reordering", "duplicates", "latency", "jitter", "burst",
    ];

    private static readonly string[] Clock = ["step", "drift", "offset"];

    private static readonly string[] Radio = ["handover_ping_pong", "uplink_limited", "radio_weak", "congestion"];

    public static int RankOf(string what) => Array.IndexOf(Ranks, what) is >= 0 and var rank ? rank : Ranks.Length;

    /// <summary>Found at one place at about one time, the two are of one fault.</summary>
    public static bool MayGoTogether(string one, string other) => one == other || Array.IndexOf(Clock, one) >= 0 == Array.IndexOf(Clock, other) >= 0 || IsDelay(one) || IsDelay(other);

    /// <summary>A fault of the one kind brings the other with it further down, each place by itself.</summary>
    public static bool Brings(string cause, string effect) => cause switch
    {
        "power" or "unregistered" or "silent" or "flapping" => Array.IndexOf(Clock, effect) < 0 && effect != "silent",
        "step" or "drift" or "offset" => Array.IndexOf(Clock, effect) >= 0 || IsDelay(effect) || effect == "burst",
        _ when Array.IndexOf(Radio, cause) >= 0 => Array.IndexOf(Clock, effect) < 0 && effect is not ("silent" or "power" or "unregistered"),
        "reordering" => IsDelay(effect) || effect is "loss" or "burst",
        "latency" => effect is "jitter" or "burst",
        "jitter" => effect is "latency" or "burst",
        _ => false,
    };

    private static bool IsDelay(string what) => what is "latency" or "jitter";
}
