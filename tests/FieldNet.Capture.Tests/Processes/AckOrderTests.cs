using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FieldNet.Capture.Tests.Processes;

/// <summary>What the kernel saw: no acknowledgement before the fsync that covers its record.</summary>
[Trait("Category", "Fault")]
public sealed partial class AckOrderTests : IDisposable
{
    private const int Count = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-strace-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Acknowledgement_SeenByStrace_FollowsTheSyncOfItsRecord()
    {
        Assert.SkipUnless(await CanTraceAsync(), "strace is not installed, or this machine does not allow it.");
        var trace = Path.Combine(_folder, "trace");
        using var writer = WriterProcess.Start(
            Path.Combine(_folder, "data"), 1, Count,
            "strace", "-f", "-qq", "-s", "400000", "-e", "trace=write,pwrite64,pwritev,fsync,fdatasync,close", "-o", trace);
        var token = TestContext.Current.CancellationToken;
        var heard = 0;
        while (await writer.StandardOutput.ReadLineAsync(token) is not null)
        {
            heard++;
        }

        await writer.WaitForExitAsync(token);

        var kernel = new KernelView();
        foreach (var line in File.ReadLines(trace))
        {
            kernel.See(line);
        }

        Assert.Equal(Count, heard);
        Assert.Equal(Count, kernel.Acknowledged);
        Assert.InRange(kernel.Syncs, 4, Count * 2);
    }

    private static async Task<bool> CanTraceAsync()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Follows which records are durable, by the calls in the order in which they began and ended.</summary>
    private sealed class KernelView
    {
        private readonly Dictionary<string, List<string>> _flushed = [];
        private readonly Dictionary<string, (string Descriptor, List<string> Records)> _syncing = [];
        private readonly HashSet<string> _durable = [];

        public int Acknowledged { get; private set; }

        public int Syncs { get; private set; }

        public void See(string line)
        {
            if (Call().Match(line) is { Success: true } call)
            {
                var (thread, name, descriptor) = (call.Groups["thread"].Value, call.Groups["name"].Value, call.Groups["fd"].Value);
                switch (name)
                {
                    case "write" or "pwrite64" or "pwritev":
                        Write(line, descriptor);
                        break;
                    case "close":
                        _flushed.Remove(descriptor);
                        break;
                    default:
                        _syncing[thread] = (descriptor, _flushed.GetValueOrDefault(descriptor) ?? []);
                        _flushed.Remove(descriptor);
                        break;
                }
            }

            if (SyncReturned().Match(line) is { Success: true } returned && _syncing.Remove(returned.Groups["thread"].Value, out var synced))
            {
                _durable.UnionWith(synced.Records);
                Syncs++;
            }
        }

        private void Write(string line, string descriptor)
        {
            foreach (Match ack in Ack().Matches(line))
            {
                Assert.True(_durable.Contains(ack.Groups["index"].Value), $"record {ack.Groups["index"].Value} was acknowledged before it was durable");
                Acknowledged++;
            }

            if (!_flushed.TryGetValue(descriptor, out var records))
            {
                _flushed.Add(descriptor, records = []);
            }

            records.AddRange(Record().Matches(line).Select(record => record.Groups["index"].Value));
        }
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?<name>write|pwrite64|pwritev|fsync|fdatasync|close)\((?<fd>\d+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<thread>\d+) +(?:(?:fsync|fdatasync)\(\d+\)|<\.\.\. (?:fsync|fdatasync) resumed>\)) += 0$")]
    private static partial Regex SyncReturned();

    [GeneratedRegex(@"ack (?<index>\d+)\\n")]
    private static partial Regex Ack();

    [GeneratedRegex(@"rec-(?<index>\d+)-")]
    private static partial Regex Record();
}
