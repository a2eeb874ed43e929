using System.Text.Json;

namespace FieldNet.Bedside.Faults;

/// <summary>Writes the truth about each fault that was injected, one JSON object a line, for scoring.</summary>
internal static class FaultLabels
{
    /// <param name="start">UTC at which the simulation began.</param>
    /// <param name="lasted">Faults after it never happened; one that it cut ends there.</param>
    public static void Write(TextWriter output, IEnumerable<Fault> faults, IReadOnlyList<string> devices, DateTimeOffset start, TimeSpan lasted)
    {
        foreach (var fault in faults.Where(f => f.At < lasted).OrderBy(f => f.At))
        {
            string[] beds = [.. devices.Where(fault.Touches).Select(BedOf)];
            if (beds.Length == 0)
            {
                continue;
            }
            var end = fault.End < lasted ? fault.End : lasted;
            foreach (var (what, from, to) in Seen(fault, end))
            {
                output.WriteLine(JsonSerializer.Serialize(new
                {
                    what,
                    subject = fault.Subject,
                    // The link is the gateway's; a reset of both sockets is what a monitor's restart looks like.
                    cause = fault.What == FaultKind.Disconnect ? "device" : "gateway",
                    start = (start + from).UtcDateTime,
                    end = (start + to).UtcDateTime,
                    beds,
                }));
            }
        }
    }

    /// <summary>As what a fault shows: an outage that ends in a burst is a silence first.</summary>
    private static (string What, TimeSpan From, TimeSpan To)[] Seen(Fault fault, TimeSpan end) => fault.What switch
    {
        FaultKind.Burst => [("silent", fault.At, end), ("burst", end, end + TimeSpan.FromSeconds(2))],
        FaultKind.Disconnect => [("offline", fault.At, end)],
        _ => [(fault.What.ToString().ToLowerInvariant(), fault.At, end)],
    };

    /// <summary><c>icu1/bed-03</c> of <c>demo/icu1/bed-03/mon1</c>.</summary>
    private static string BedOf(string device) => string.Join('/', device.Split('/')[1..3]);
}
