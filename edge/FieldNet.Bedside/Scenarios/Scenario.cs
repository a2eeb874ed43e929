using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Scoring;
using FieldNet.Telemetry.Records;

namespace FieldNet.Bedside.Scenarios;

/// <summary>A ward on a private 5G network for some minutes of virtual time, with what goes wrong in it and the truth about that.</summary>
/// <remarks>Deterministic: the same scenario gives the same records. Immutable; can be run more than once, also at once.</remarks>
public sealed class Scenario
{
    internal Scenario(int seed, int number, long startUs, TimeSpan lasting, SiteLayout layout, IReadOnlyList<PlayedDelay> paths, IReadOnlyList<Fault> faults)
    {
        (Seed, Number, StartUs, Lasting, Layout, Paths, Faults) = (seed, number, startUs, lasting, layout, paths, faults);
    }

    public int Number { get; }

    /// <summary>UTC microseconds.</summary>
    public long StartUs { get; }

    public TimeSpan Lasting { get; }

    public double BedDays => Layout.Beds.Count() * Lasting.TotalDays;

    /// <summary>What was injected, for a person: fault number, kind, in a few words.</summary>
    public IEnumerable<(long Fault, string Kind, string Words)> Injected => Faults.Select((fault, n) =>
        (FaultNumber(n), ScenarioLabels.KindOf(fault), $"{ScenarioLabels.KindOf(fault)} {fault.Subject} {fault.At.TotalSeconds:0}–{fault.End.TotalSeconds:0} s, {fault.Value:0.##} {fault.Form}"));

    /// <summary>The truth: of the faults, and of what the recorded paths did by themselves.</summary>
    public IReadOnlyList<Label> Labels => field ??= ScenarioLabels.Of(this);

    /// <summary>Recordings that its paths play.</summary>
    public IEnumerable<string> Backgrounds => Paths.Select(path => path.Trace.Name).Distinct();

    internal int Seed { get; }

    internal SiteLayout Layout { get; }

    /// <summary>By gateway.</summary>
    internal IReadOnlyList<PlayedDelay> Paths { get; }

    internal IReadOnlyList<Fault> Faults { get; }

    /// <summary>Hands over every record that an agent would have logged, in order.</summary>
    /// <param name="apply">Takes a record.</param>
    /// <param name="nextDeadlineUs">Log time at which the taker must next hear that time moved.</param>
    public void Run(RecordAction apply, Func<long> nextDeadlineUs) => new VirtualWard(this, new VirtualLog(StartUs, apply, nextDeadlineUs)).Run();

    internal long FaultNumber(int index) => (Number * 100L) + index + 1;
}
