using System.Diagnostics;
using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

/// <summary>A sink on a log in memory, turned by hand, with a clock that jumps over its waits; it can be killed and made again.</summary>
internal sealed class SinkBench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fieldnet-sink-").FullName;
    private readonly LineTarget _target;
    private readonly JumpingTime _time = new();
    private LineClient _client;

    public SinkBench(string address, string? token = null, Func<LineSinkOptions, LineSinkOptions>? change = null)
    {
        Assert.True(LineTarget.TryParse(address, out var target, out _));
        _target = target;
        Options = new LineSinkOptions { Ledger = Path.Combine(_folder, "cursors", "influx.json"), Events = Path.Combine(_folder, "events.jsonl") };
        Options = change?.Invoke(Options) ?? Options;
        _client = new LineClient(target, token);
        Sink = new LineSink(Options, _client, Log, _time, static () => 0.5, static _ => { });
    }

    public LineSinkOptions Options { get; }

    public MemoryLog Log { get; } = new();

    public LineSink Sink { get; private set; }

    /// <summary>Time that the sink has spent waiting.</summary>
    public TimeSpan Waited { get; private set; }

    public async Task<TimeSpan> TurnAsync()
    {
        var wait = await Sink.TurnAsync(TestContext.Current.CancellationToken);
        Wait(wait);
        return wait;
    }

    public void Wait(TimeSpan wait)
    {
        Waited += wait;
        _time.Jump(wait);
        Log.Advance(wait);
    }

    /// <summary>Turns until the condition holds, for 20 s of real time at most.</summary>
    public async Task UntilAsync(Func<SinkStatus, bool> condition)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            await TurnAsync();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"not reached: {Sink.Status}");
        }
        while (!condition(Sink.Status));
    }

    /// <summary>Everything committed is with the server.</summary>
    public Task UntilSentAsync() => UntilAsync(status => status is { State: SinkState.Live, LagUs: 0, Backlog: 0 });

    /// <summary>kill -9: what is in the ledger is all that is left.</summary>
    public void Crash()
    {
        Sink.Dispose();
        _client.Dispose();
        _client = new LineClient(_target, null);
        Sink = new LineSink(Options, _client, Log, _time, static () => 0.5, static _ => { });
    }

    public void Dispose()
    {
        Sink.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class JumpingTime : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Jump(TimeSpan by) => _ticks += by.Ticks;
    }
}
