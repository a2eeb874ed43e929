using FieldNet.LoadBench.Loads;
using FieldNet.LoadBench.Reports;
using FieldNet.LoadBench.Sockets;
using FieldNet.LoadBench.Subjects;
using FieldNet.LoadBench.Traffic;

namespace FieldNet.LoadBench.Scenarios;

/// <summary>Question: how much later does a ward hear of an alarm because another connection floods?</summary>
internal sealed class Fairness(Report report, BenchTimes times)
{
    private const int AlarmEveryMs = 20;
    private const int PayloadBytes = 128;
    private const double MostAddedMs = 50;

    private static readonly string Patient = BedsideMessages.Device(0);
    private static readonly string Flooder = BedsideMessages.Device(10);

    public async Task RunAsync()
    {
        await using var agent = await FieldNetAgent.StartAsync();
        using var patient = RawClient.Connect(agent.Mqtt, "bench-patient");
        using var flood = Publishers.Connect(agent.Mqtt, 1, packets: 1024, _ => BedsideMessages.Waves(Flooder, qos: 0, PayloadBytes));
        var alarms = new PacketRing([BedsideMessages.Alarm(Patient, present: true), BedsideMessages.Alarm(Patient, present: false)], packets: 2, topics: 1);
        await MeasureAsync(agent, patient, alarms);
        var alone = await MeasureAsync(agent, patient, alarms);
        var flooding = Task.Run(() => OpenFlood.Run(flood, times.Paced + times.Paced));
        await Quiet.ForAsync(times.Paced / 5);
        var (logged, read) = await MeasureAsync(agent, patient, alarms);
        await flooding;
        report.Add("alarm_publish_to_event_p99_ms", alone.Logged.At(0.99));
        report.Add("alarm_publish_to_event_beside_flood_p99_ms", logged.At(0.99));
        report.Add("alarm_publish_to_event_added_by_flood_p99_ms", logged.At(0.99) - alone.Logged.At(0.99), Target.Below(MostAddedMs));
        report.Add("alarm_publish_to_event_file_p99_ms", alone.Read.At(0.99));
        report.Add("alarm_publish_to_event_file_beside_flood_p99_ms", read.At(0.99));
    }

    /// <returns>From the send to the event: to its log time, and to its line in the event file.</returns>
    private async Task<(Percentiles Logged, Percentiles Read)> MeasureAsync(FieldNetAgent agent, RawClient patient, PacketRing alarms)
    {
        var tail = new EventTail(agent.Events, Patient["fieldnet/v1/".Length..]);
        using var over = new CancellationTokenSource();
        var following = Task.Run(() => tail.FollowAsync(over.Token));
        await Quiet.ForAsync(TimeSpan.FromMilliseconds(300));
        var sent = Send(patient, alarms);
        await Quiet.ForAsync(TimeSpan.FromSeconds(1));
        await over.CancelAsync();
        await following;
        if (tail.Events.Count != sent.Count)
        {
            throw new BenchException($"{sent.Count} alarms were sent and {tail.Events.Count} events came");
        }

        var (logged, read) = (new Percentiles(), new Percentiles());
        foreach (var (sentUs, (loggedUs, readUs)) in sent.Zip(tail.Events))
        {
            logged.Add(loggedUs - sentUs);
            read.Add(readUs - sentUs);
        }

        return (logged, read);
    }

    /// <summary>An alarm that comes and goes.</summary>
    private List<long> Send(RawClient patient, PacketRing alarms)
    {
        using var ready = new Readiness();
        ready.Add(patient.Socket, 0);
        var sent = new List<long>();
        for (var nextUs = Clock.UtcUs; sent.Count < times.Paced.TotalMilliseconds / AlarmEveryMs;)
        {
            if (!ready.Wait((int)Math.Max(0, (nextUs - Clock.UtcUs) / 1000)).IsEmpty)
            {
                patient.ReceiveAcks();
            }

            if (Clock.UtcUs >= nextUs)
            {
                nextUs += AlarmEveryMs * 1000;
                sent.Add(Clock.UtcUs);
                patient.Send(alarms.Take(1, out _));
            }
        }

        return sent;
    }
}
