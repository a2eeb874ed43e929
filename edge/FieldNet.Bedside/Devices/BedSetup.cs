using FieldNet.Bedside.Accounts;
using FieldNet.Bedside.Backgrounds;
using FieldNet.Bedside.Faults;
using FieldNet.Bedside.Network;

namespace FieldNet.Bedside.Devices;

/// <summary>Where a bed stands and what it shares with the others.</summary>
internal sealed record BedSetup
{
    public const string Device = "mon1";

    public required string Bed { get; init; }

    public string Subject => SubjectOf(Bed);

    /// <summary>Where its monitor hangs in the network; alone behind a gateway of its own if nobody says.</summary>
    public DevicePlace Place { get => field ?? new(Subject, SubjectOf(Bed, SimulatedSite.Gateway), "", ""); init; }

    /// <summary>The recorded delay of its gateway's path; null: none but the sockets' own.</summary>
    public PlayedDelay? Path { get; init; }

    /// <summary>Time between two waveform messages.</summary>
    public required long StepUs { get; init; }

    public required bool Waves { get; init; }

    public required byte WaveQos { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    public required IConnector Connector { get; init; }

    public required Traffic Traffic { get; init; }

    public required Notices Notices { get; init; }

    public required SimulationClock Clock { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The bed's own generator for its link: losses, jitter, waits.</summary>
    public required Random Random { get; init; }

    /// <summary><c>demo/icu1/bed-01/mon1</c>.</summary>
    public static string SubjectOf(string bed, string device = Device) => $"demo/icu1/{bed}/{device}";
}
