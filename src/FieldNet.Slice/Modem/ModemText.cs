using FieldNet.Telemetry.Wire;

namespace FieldNet.Slice.Modem;

/// <summary>Reads any of the modem outputs that are known here, told apart by what is in them.</summary>
public static class ModemText
{
    /// <summary>Every reading in the text, in its order: radio state only, no stamp. Empty if there is none.</summary>
    public static IReadOnlyList<LinkReport> Read(string text) =>
        text.Contains("+QENG:", StringComparison.Ordinal) ? QuectelText.Read(text)
        : (QmiText.Read(text) ?? MmcliText.Read(text)) is { } report ? [report]
        : [];
}
