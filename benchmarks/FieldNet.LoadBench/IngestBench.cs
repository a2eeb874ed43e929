using FieldNet.LoadBench.Scenarios;

namespace FieldNet.LoadBench;

/// <summary><c>bench ingest</c>: every question, one after the other, on an otherwise quiet machine.</summary>
internal static class IngestBench
{
    private const double TimesMosquittoAtQos0 = 8;
    private const double TimesMosquittoAtQos1 = 5;

    public static readonly IReadOnlyList<BenchPart> All =
    [
        new("qos0_128b", (report, times) => new Throughput(report, times).RunAsync(qos: 0, payloadBytes: 128, TimesMosquittoAtQos0)),
        new("qos0_1024b", (report, times) => new Throughput(report, times).RunAsync(qos: 0, payloadBytes: 1024, TimesMosquittoAtQos0)),
        new("qos1_128b", (report, times) => new Throughput(report, times).RunAsync(qos: 1, payloadBytes: 128, TimesMosquittoAtQos1)),
        new("qos1_1024b", (report, times) => new Throughput(report, times).RunAsync(qos: 1, payloadBytes: 1024, TimesMosquittoAtQos1)),
        new("acknowledgement", (report, times) => new Acknowledgement(report, times).RunAsync()),
        new("bedsides", (report, times) => new Bedsides(report, times).RunAsync()),
        new("connections", (report, times) => new ManyConnections(report, times).RunAsync()),
        new("fairness", (report, times) => new Fairness(report, times).RunAsync()),
    ];
}
