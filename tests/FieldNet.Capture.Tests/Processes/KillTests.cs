using FieldNet.Capture.Disk;
using FieldNet.Capture.Log;
using FieldNet.Capture.Tests.Log;
using FieldNet.Telemetry.Records;
using FieldNet.TestKit;

namespace FieldNet.Capture.Tests.Processes;

[Trait("Category", "Fault")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kill9_InMidStream_LosesNothingAcknowledged()
    {
        const int Seed = 20260301;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var acknowledged = new List<int>();
        var next = 1;
        for (var round = 0; round < Soak.Rounds(usual: 4, atLength: 50); round++)
        {
            var before = acknowledged.Count;
            await WriteUntilKilledAsync(next, killAfter: 200 + random.Next(3000), acknowledged);

            var indexes = Records.ReadAll(FileDisk.ForReading(_folder))
                .Where(record => record.Kind == RecordKind.Publish)
                .Select(record => AckingWriter.ParseIndex(Convert.FromHexString(record.Payload)))
                .ToList();
            Assert.True(acknowledged.Count >= before + 200);
            Assert.Equal(indexes.Count, indexes.Distinct().Count());
            Assert.Empty(acknowledged.Except(indexes));
            next = indexes.Max() + 1000;
            output.WriteLine($"round {round}: {acknowledged.Count - before} acknowledged, {indexes.Count} in the log");
        }

        using var log = CaptureLog.Open(_folder, new CaptureLogOptions());
        Assert.False(log.Recovered.Clean);
        Assert.Equal(0, log.Recovered.Corrupt);
    }

    private async Task WriteUntilKilledAsync(int first, int killAfter, List<int> acknowledged)
    {
        using var writer = WriterProcess.Start(_folder, first, count: 0);
        var token = TestContext.Current.CancellationToken;
        for (var heard = 0; await writer.StandardOutput.ReadLineAsync(token) is { } line; heard++)
        {
            // What is still in the pipe was said before the end, so it counts.
            acknowledged.Add(WriterProcess.ParseAck(line));
            if (heard == killAfter)
            {
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync(token);
    }
}
