using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary><c>bench ingest</c>: the whole agent under load, beside its peers in the same run.</summary>
internal static class IngestBench
{
    private const double TimesMosquittoAtQos0 = 8;
    private const double TimesMosquittoAtQos1 = 5;

    public static async Task RunAsync(Report report, BenchTimes times, string[] only)
    {
        if (only is ["a"]) { await new Acknowledgement(report, times).RunAsync(); return; }
        if (only is ["b"]) { await new Bedsides(report, times).RunAsync(); return; }
        if (only is ["c"]) { await new ManyConnections(report, times).RunAsync(); return; }
        var throughput = new Throughput(report, times);
        foreach (var bytes in (int[])[128, 1024])
        {
            if (only.Length == 2 && only[1] != bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)) continue;
            if (only.Length == 0 || only[0] == "0") await throughput.RunAsync(qos: 0, bytes, TimesMosquittoAtQos0);
            if (only.Length == 0 || only[0] == "1") await throughput.RunAsync(qos: 1, bytes, TimesMosquittoAtQos1);
        }
    }
}
