using FieldNet.Edge.Agent;
using FieldNet.Telemetry.Ingress;
using FieldNet.Telemetry.Network;
using FieldNet.Telemetry.Records;

namespace FieldNet.Edge.AlarmPath;

/// <summary>The screens at the end of the alarm path: notes in the log the first of a ward that shows a TEST alarm, and when none is left to show it.</summary>
/// <remarks>Bounded: beyond <see cref="MostScreens"/> of a ward nothing is expected of further ones. Threading: any.</remarks>
internal sealed class AlarmPathScreens(AgentRecords records, ILogClock clock) : IAlarmPathWitness
{
    private const int MostScreens = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watch> _wards = new(StringComparer.Ordinal);

    /// <summary>The ward's next TEST alarm is under way.</summary>
    /// <returns>From how many screens it is expected.</returns>
    public int Expect(string ward, long sequence)
    {
        lock (_gate)
        {
            if (!_wards.TryGetValue(ward, out var watch))
            {
                _wards.Add(ward, watch = new Watch());
            }

            (watch.Sequence, watch.IsSeen) = (sequence, false);
            return watch.Screens.Count;
        }
    }

    /// <inheritdoc/>
    public void Seen(string ward, long sequence, string screen = "")
    {
        lock (_gate)
        {
            if (!_wards.TryGetValue(ward, out var watch) || watch.Sequence != sequence)
            {
                return;
            }

            if (screen.Length > 0 && watch.Screens.Count < MostScreens)
            {
                watch.Screens.Add(screen);
            }

            if (!watch.IsSeen)
            {
                watch.IsSeen = true;
                Say(new SeenReport { Ward = ward, Sequence = sequence, Hop = SeenReport.Page, SeenUs = clock.NowUs });
            }
        }
    }

    /// <inheritdoc/>
    public void Left(string screen)
    {
        lock (_gate)
        {
            foreach (var (ward, watch) in _wards)
            {
                if (watch.Screens.Remove(screen) && watch.Screens.Count == 0 && !watch.IsSeen)
                {
                    Say(new SeenReport { Ward = ward, Sequence = watch.Sequence, Hop = SeenReport.ScreensLeft, SeenUs = clock.NowUs, Screens = 0 });
                }
            }
        }
    }

    /// <summary>Without room the processor stands still, which is told elsewhere, and more loudly.</summary>
    private void Say(SeenReport report) => records.TryPost(RecordKind.Seen, report.ToJson());

    private sealed class Watch
    {
        public long Sequence { get; set; }

        public bool IsSeen { get; set; }

        public HashSet<string> Screens { get; } = new(StringComparer.Ordinal);
    }
}
