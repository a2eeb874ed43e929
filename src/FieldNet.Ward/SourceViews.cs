using System.Globalization;
using FieldNet.Telemetry.Network;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward;

/// <summary>Draws the 5G side's sources, by name.</summary>
internal static class SourceViews
{
    public static IReadOnlyList<SourceView> Draw(WardState ward) =>
    [
        .. ward.Network.Sources.OrderBy(source => source.Name, StringComparer.Ordinal).Select(source => new SourceView(
            source.Name, source.Kind, source.Reached, source.SinceUs, source.ReportedUs, source.Error, source.Newest is { } newest ? [.. Facts(newest)] : [])),
    ];

    private static IEnumerable<string> Facts(NetworkReport report)
    {
        foreach (var cell in report.Cells ?? [])
        {
            var shares = new[] { Share("PRB down", cell.PrbDlShare), Share("PRB up", cell.PrbUlShare) };
            yield return string.Join(", ", shares.Prepend(string.Create(CultureInfo.InvariantCulture, $"cell PCI {cell.Pci}")).Where(part => part.Length > 0));
        }

        foreach (var (name, value) in ((string, long?)[])[
            ("terminals on the air", report.RadioUes?.Count), ("subscribers", report.Subscribers?.Count), ("sessions", report.Sessions?.Count ?? report.Core?.Sessions),
            ("gNBs", report.Gnbs?.Count ?? report.Core?.Gnbs), ("registered", report.Core?.RegisteredSubscribers), ("registrations failed", report.Core?.RegistrationFailures),
            ("PFCP peers", report.Core?.PfcpPeers), ("measures", report.Measures?.Count)])
        {
            if (value is { } known)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name} {known}");
            }
        }
    }

    private static string Share(string name, double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{name} {100 * known:0} %") : "";
}
