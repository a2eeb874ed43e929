using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FieldNet.History.Points;
using FieldNet.History.Trends;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Subjects;
using FieldNet.Telemetry.Records;

namespace FieldNet.LoadBench.Histories;

/// <summary>The same points in influxd, and how many bytes it takes for each.</summary>
internal static class InfluxPeer
{
    private const string Program = "/usr/bin/influxd";
    private const int PointsPerRequest = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task MeasureAsync(Report report, string folder, WardDay hours)
    {
        if (!File.Exists(Program))
        {
            await Console.Error.WriteLineAsync($"fieldnet: not measured beside influxd: there is no {Program} (Debian package influxdb).");
            return;
        }

        var data = Path.Combine(folder, "influx");
        var http = FreePort();
        await using var server = await StartAsync(data, http);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await AnswersAsync(client);
        using (var made = await client.PostAsync("/query?q=CREATE%20DATABASE%20ward", null))
        {
            made.EnsureSuccessStatusCode();
        }

        var lines = new Lines();
        var points = new NumericPoints();
        hours.Tell((in LogRecord record) => points.Read(record, lines));
        foreach (var request in lines.Requests())
        {
            using var written = await client.PostAsync("/write?db=ward&precision=u", new StringContent(request));
            written.EnsureSuccessStatusCode();
        }

        var path = Path.Combine(folder, "same.db");
        using (var keeper = new TrendKeeper(path, new TrendRetention(), TimeProvider.System))
        {
            HistoryBench.Keep(keeper, hours);
        }

        report.Add("influxd_points", lines.Count);
        report.Add("influxd_bytes_per_point", await SettledBytesAsync(Path.Combine(data, "data")) / (double)lines.Count);
        report.Add("same_points_fieldnet_bytes_per_point", new FileInfo(path).Length / (double)lines.Count);
    }

    private static async Task<ChildProcess> StartAsync(string data, int http)
    {
        Directory.CreateDirectory(data);
        var configuration = Path.Combine(data, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
            dir = "{data}/meta"
            [data]
            dir = "{data}/data"
            wal-dir = "{data}/wal"
            cache-snapshot-write-cold-duration = "2s"
            compact-full-write-cold-duration = "3s"
            query-log-enabled = false
            [monitor]
            store-enabled = false
            [http]
            bind-address = "127.0.0.1:{http}"
            log-enabled = false

            """);
        return ChildProcess.Start(Program, "-config", configuration);
    }

    private static async Task AnswersAsync(HttpClient client)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await retry.WaitForNextTickAsync(deadline.Token))
        {
            try
            {
                using var ping = await client.GetAsync("/ping", deadline.Token);
                return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Of its data files, once it has written its cache out and put them together.</summary>
    private static async Task<long> SettledBytesAsync(string folder)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (bytes, same) = (0L, 0);
        while (same < 15 && await poll.WaitForNextTickAsync(deadline.Token))
        {
            var now = Directory.EnumerateFiles(folder, "*.tsm", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            same = now > 0 && now == bytes ? same + 1 : 0;
            bytes = now;
        }

        return bytes;
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    /// <summary>One line a point, as for any other InfluxDB: measurement, tags, a field, the time in microseconds.</summary>
    private sealed class Lines : IPointSink
    {
        private readonly List<(Series Series, long TimeUs, double Value)> _points = [];

        public int Count => _points.Count;

        public void Add(Series series, long timeUs, double value, bool isLate) => _points.Add((series, timeUs, value));

        public IEnumerable<string> Requests()
        {
            var text = new StringBuilder();
            foreach (var points in _points.Chunk(PointsPerRequest))
            {
                text.Clear();
                foreach (var (series, timeUs, value) in points)
                {
                    text.Append(CultureInfo.InvariantCulture, $"numeric,ward={series.Ward},bed={series.Bed},device={series.Device},signal={series.Signal.Id} value={value} {timeUs}\n");
                }

                yield return text.ToString();
            }
        }
    }
}
