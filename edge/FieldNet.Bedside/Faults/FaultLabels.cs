using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scoring;

namespace FieldNet.Bedside.Faults;

/// <summary>Writes the truth about each fault that was injected, one JSON object a line, for scoring.</summary>
internal static class FaultLabels
{
    /// <param name="start">UTC at which the simulation began.</param>
    /// <param name="lasted">Faults after it never happened; one that it cut ends there.</param>
    public static void Write(TextWriter output, IEnumerable<Fault> faults, SiteLayout layout, DateTimeOffset start, TimeSpan lasted)
    {
        long startUs = (start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var (n, fault) in faults.Where(fault => fault.At < lasted).OrderBy(fault => fault.At).Index())
        {
            LabelFile.Write(output, FaultTruth.Of(fault, layout, startUs, lasted).Where(label => label.Beds.Count > 0).Select(label => label with { Fault = n + 1 }));
        }
    }
}
