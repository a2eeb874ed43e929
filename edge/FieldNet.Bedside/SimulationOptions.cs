namespace FieldNet.Bedside;

/// <summary>What to simulate, and towards whom.</summary>
public sealed record SimulationOptions
{
    public const int MostBeds = 1000;

    /// <summary><c>mqtt://HOST[:1883]</c>.</summary>
    public required Uri To { get; init; }

    public int Beds { get; init; } = 12;

    /// <summary>Null: until cancelled.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Multiplies the number of messages, 0.1 to 20: a waveform message then holds as many times fewer samples; data stay true.</summary>
    public double Rate { get; init; } = 1;

    public SimulationProfile Profile { get; init; }

    /// <summary>QoS of waveforms, 0 or 1; everything else goes with 1.</summary>
    public byte WaveQos { get; init; }

    /// <summary>Same seed, same patients, same faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Plays the WFDB records below this folder; null: synthesised patients.</summary>
    public string? Recordings { get; init; }

    /// <summary>Plays the recorded delays below this folder as the beds' paths; null: none but the network's own.</summary>
    public string? Backgrounds { get; init; }

    /// <summary>Each bed has a 5G gateway that reports its radio. Default true.</summary>
    public bool Gateways { get; init; } = true;

    /// <summary>Fault script, JSON lines; null: none.</summary>
    public string? Faults { get; init; }

    /// <summary>The built-in script of a demonstration, in addition. Default false.</summary>
    public bool DemoFaults { get; init; }

    /// <summary>Where to write the truth about each fault; null: nowhere.</summary>
    public string? Labels { get; init; }

    /// <summary>Where to write which messages were acknowledged; null: nowhere.</summary>
    public string? Acknowledged { get; init; }

    /// <summary>The simulation ends when this stream does: standard input, so that no orphan outlives its parent. Null: never.</summary>
    public Stream? Lifeline { get; init; }

    /// <exception cref="SimulationException">An option is out of range; the message says which and how to mend it.</exception>
    internal void Check()
    {
        string? wrong =
            !To.IsAbsoluteUri || To.Scheme != "mqtt" || To.Host.Length == 0 ? $"'{To}' is no server; write mqtt://HOST:PORT."
            : Beds is < 1 or > MostBeds ? $"{Beds} beds can't be simulated; give 1 to {MostBeds}."
            : !(Rate is >= 0.1 and <= 20) ? $"A rate of {Rate} is not possible; give 0.1 to 20."
            : WaveQos > 1 ? $"QoS {WaveQos} is not simulated; give 0 or 1."
            : null;
        if (wrong is not null)
        {
            throw new SimulationException(wrong);
        }
    }
}
