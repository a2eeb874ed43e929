using System.Globalization;
using System.Text;
using FieldNet.Capture.Log;
using FieldNet.Capture.Sequencing;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Processes;

/// <summary>A process of its own that logs records and says on standard output which it would acknowledge, until it is killed.</summary>
internal static class AckingWriter
{
    public const string Verb = "--acking-writer";

    private const int Connections = 4;
    private const int ReceiveMaximum = 16;

    /// <param name="args">Data folder, first index, how many records (0: for ever).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (first, count) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        using var log = CaptureLog.Open(args[0], new CaptureLogOptions { SegmentBytes = 256 * 1024 });
        using var sequencer = new Sequencer(log, new TopicTable(), new SequencerOptions(), TimeProvider.System);
        sequencer.Start([]);
        var index = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(SendAsync));
        sequencer.Stop();
        return 0;

        async Task SendAsync(int connection)
        {
            // Not disposed: acknowledgements come until the log is closed.
            var owner = new AckPrinter(log);
            var lane = sequencer.OpenLane(sequencer.NextConnection(), $"client-{connection}", owner);
            while (Interlocked.Increment(ref index) is var next && (count == 0 || next < first + count))
            {
                await owner.InFlight.WaitAsync();
                while (!TryPost(lane, next))
                {
                    await lane.WaitForRoomAsync(CancellationToken.None);
                }
            }
        }
    }

    private static bool TryPost(IIngressLane lane, int index) => lane.TryPost(new Arrival
    {
        Kind = RecordKind.Publish,
        Qos = 1,
        Topic = Encoding.UTF8.GetBytes(index % 3 == 0 ? Records.Wave : Records.Vitals),
        Payload = Encoding.UTF8.GetBytes(Payload(index)),
        Awaited = true,
    });

    public static string Payload(int index) => $"rec-{index}-{new string('x', index % 300)}";

    public static int ParseIndex(ReadOnlySpan<byte> payload) =>
        int.Parse(Encoding.UTF8.GetString(payload).Split('-')[1], CultureInfo.InvariantCulture);

    /// <summary>A connection that acknowledges in order, as the endpoint does.</summary>
    private sealed class AckPrinter(ICommitMark marks) : IArrivalOwner
    {
        private static readonly Stream Output = Console.OpenStandardOutput();

        private readonly Queue<(long Number, LogLane Lane, int Index)> _waiting = [];

        public SemaphoreSlim InFlight { get; } = new(ReceiveMaximum);

        public void Sequenced(in LogRecord record, LogLane lane, Refusal refusal)
        {
            lock (_waiting)
            {
                _waiting.Enqueue((record.Number, lane, ParseIndex(record.Payload)));
            }
        }

        public void Committed()
        {
            var acks = new StringBuilder();
            var released = 0;
            lock (_waiting)
            {
                for (; _waiting.TryPeek(out var next) && next.Number <= marks.CommittedThrough(next.Lane); released++)
                {
                    acks.Append("ack ").Append(_waiting.Dequeue().Index).Append('\n');
                }
            }

            if (released > 0)
            {
                Output.Write(Encoding.UTF8.GetBytes(acks.ToString()));
                InFlight.Release(released);
            }
        }
    }
}
