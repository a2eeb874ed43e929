using System.Text.Json;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Edge.Export;

/// <summary>How files spell what the wire has as numbers.</summary>
internal static class Words
{
    private static readonly Dictionary<Validity, string> Validities = Enum.GetValues<Validity>().ToDictionary(v => v, v => Snake(v.ToString()));

    public static string Of(Validity validity) => Validities[validity];

    /// <summary>Unspecified counts as real (wire contract).</summary>
    public static string Of(DataMode mode) => mode switch
    {
        DataMode.Test => "test",
        DataMode.Demo => "demo",
        DataMode.Replay => "replay",
        _ => "real",
    };

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
