using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Patients;

namespace FieldNet.Bedside.Scenarios;

/// <summary>The way of a message from its device to the agent: recorded delay, what the faults add, and the order that TCP keeps.</summary>
internal sealed class VirtualPath(VirtualLog log, VirtualAgenda agenda, Random random)
{
    /// <summary>From the device to its gateway, and the least between two messages of one connection.</summary>
    private const long LocalUs = 400, BetweenUs = 20;

    private const long KeptEveryUs = 5_000;

    /// <param name="stream">Whose next message it is.</param>
    /// <param name="effect">Of the faults on its device now.</param>
    /// <param name="nowUs">When it is sent.</param>
    /// <param name="make">Makes the payload where the stream has no standing one.</param>
    public void Send(VirtualStream stream, in FaultEffect effect, long nowUs, Func<VirtualStamp, byte[]>? make)
    {
        if (stream.SeqEpoch != stream.Device.Epoch)
        {
            (stream.SeqEpoch, stream.Seq) = (stream.Device.Epoch, 0);
        }
        var stamp = StampOf(stream, effect, nowUs, nowUs, historical: false);
        if ((effect.Silent && effect.Form == OutageForm.Lost) || (effect.LossShare > 0 && random.NextDouble() < effect.LossShare))
        {
            return;
        }
        var connection = stream.Connection;
        long arrival = Math.Max(nowUs + LocalUs + random.Next(300) + DelayUs(stream, effect, nowUs), connection.LastArrivalUs + BetweenUs);
        if (effect.Silent)
        {
            arrival = Math.Max(arrival, Micros(effect.SilentUntil) + random.Next(20_000, 120_000));
        }
        var step = new VirtualStep { Stream = stream, Connection = connection.Number, Stamp = stamp, Payload = make?.Invoke(stamp) };
        if (effect.ReorderShare > 0 && random.NextDouble() < effect.ReorderShare)
        {
            agenda.Add(arrival + (long)(stream.PeriodUs * random.Between(1.2, 2.8)), step);
            return;
        }
        connection.LastArrivalUs = arrival;
        agenda.Add(arrival, step);
        if (effect.DuplicateShare > 0 && random.NextDouble() < effect.DuplicateShare)
        {
            agenda.Add(arrival + random.Next(1_000, 200_000), step);
        }
    }

    /// <summary>Sends what an outage held back, flagged historical, behind what is live.</summary>
    /// <param name="connection">The one that works again.</param>
    public void SendKept(VirtualConnection connection, in FaultEffect effect, long nowUs)
    {
        long sentUs = nowUs;
        var waiting = connection.Device.Kept;
        while (waiting.TryPeek(out var kept) && kept.Stream.Connection == connection)
        {
            waiting.Dequeue();
            sentUs += KeptEveryUs;
            var stream = kept.Stream;
            connection.LastArrivalUs = Math.Max(sentUs + LocalUs + DelayUs(stream, effect, nowUs), connection.LastArrivalUs + BetweenUs);
            agenda.Add(connection.LastArrivalUs, new VirtualStep
            {
                Stream = stream,
                Connection = connection.Number,
                Stamp = StampOf(stream, effect, kept.AtUs, sentUs, historical: true),
            });
        }
    }

    private static long Micros(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private VirtualStamp StampOf(VirtualStream stream, in FaultEffect effect, long atUs, long sentUs, bool historical)
    {
        var device = stream.Device;
        long errorUs = device.ClockErrorUs + Micros(effect.ClockError);
        return new(device.Epoch, ++stream.Seq, log.UtcUs(atUs) + errorUs - stream.PeriodUs, log.UtcUs(sentUs) + errorUs, historical);
    }

    private long DelayUs(VirtualStream stream, in FaultEffect effect, long nowUs)
    {
        double ms = stream.Device.Path.OneWayMs(nowUs) + effect.LatencyMs;
        ms += effect.JitterMs > 0 ? effect.JitterMs * random.NextDouble() : 0;
        ms += effect.TailMs > 0 ? random.Exponential(effect.TailMs) : 0;
        return (long)(ms * 1000);
    }
}
