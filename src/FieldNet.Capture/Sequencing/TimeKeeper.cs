using FieldNet.Capture.Log;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Sequencing;

/// <summary>Writes the records that time alone asks for: ticks, jumps of the host's clocks, ends of shed spans; and ends batches.</summary>
/// <remarks>Threading: the sequencer's.</remarks>
internal sealed class TimeKeeper(RecordLine line, CaptureLog log, LogClock clock, HostClockWatch hostClocks, SequencerOptions options)
{
    private const long LookEveryUs = 1_000_000;

    /// <summary>Far above the longest planned pause, far below the second after which a bed would be called late because of us.</summary>
    private const long StallUs = 250_000;

    private const long ShedEveryUs = 60_000_000;

    private readonly long _tickEveryUs = Us(options.TickEvery);
    private readonly long _batchEveryUs = Us(options.BatchEvery);
    private long _leftUs;
    private long _lookedUs;
    private long _shedSaidUs;
    private long _batchEndedUs;
    private long _batchEndedAt;

    /// <summary>Before the turns: if we ourselves were away (asleep, stopped, starved, a long collection), says so first, so that nobody else is blamed and nothing old passes for new.</summary>
    public void Arrive()
    {
        if (hostClocks.TryDetect(out var change))
        {
            line.AddOwn(RecordKind.Clock, AgentPayloads.Clock(change));
        }

        var awayUs = clock.NowUs - _leftUs;
        if (_leftUs > 0 && awayUs > StallUs)
        {
            line.AddOwn(RecordKind.Clock, AgentPayloads.Stall(awayUs));
        }
    }

    /// <summary>Does what is due between two turns.</summary>
    public void Keep()
    {
        var nowUs = clock.NowUs;
        if (nowUs - _lookedUs >= LookEveryUs)
        {
            _lookedUs = nowUs;
            Report(nowUs);
        }

        // A deadline that log time has passed has had its record.
        var deadlineUs = line.Stage.NextDeadlineUs;
        if ((deadlineUs > line.LastLogTimeUs && deadlineUs <= nowUs) || nowUs - line.LastLogTimeUs >= _tickEveryUs)
        {
            line.AddOwn(RecordKind.Tick, default, logged: log.HasRoom(LogLane.Facts, 0));
        }

        if (line.LastNumber != _batchEndedAt || nowUs - _batchEndedUs >= _batchEveryUs)
        {
            EndBatch();
        }

        _leftUs = clock.NowUs;
    }

    /// <summary>What the log has done by itself, and what was left out of it: once a minute while a full disk leaves out everything.</summary>
    private void Report(long nowUs)
    {
        while (log.Upkeep.TryTakeNotice(out var notice))
        {
            line.AddOwn(notice.Kind, notice.Payload);
        }

        if (log.Upkeep.Keeps(LogLane.Waves) || nowUs - _shedSaidUs >= ShedEveryUs)
        {
            _shedSaidUs = nowUs;
            line.CloseShedSpan();
        }
    }

    public void EndBatch()
    {
        (_batchEndedAt, _batchEndedUs) = (line.LastNumber, clock.NowUs);
        line.Stage.EndBatch();
    }

    /// <summary>How long nothing needs doing if nothing arrives.</summary>
    public TimeSpan IdleTime()
    {
        var nextUs = Math.Min(line.LastLogTimeUs + _tickEveryUs, _batchEndedUs + _batchEveryUs);
        var deadlineUs = line.Stage.NextDeadlineUs;
        nextUs = deadlineUs > line.LastLogTimeUs ? Math.Min(nextUs, deadlineUs) : nextUs;
        return TimeSpan.FromMicroseconds(Math.Max(0, nextUs - clock.NowUs));
    }

    private static long Us(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
