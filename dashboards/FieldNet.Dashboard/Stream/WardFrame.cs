using FieldNet.Dashboard.Network;

namespace FieldNet.Dashboard.Stream;

/// <summary>One tick of the page's stream (SignalR hub <c>/hub/ward</c>, stream method <c>Watch</c>), JSON in camelCase.</summary>
/// <remarks>
/// Units: times are UTC milliseconds of log time. Shape: the first frame, and any after a viewer fell behind, is
/// <see cref="Full"/> and replaces everything; others carry what changed. Sent every 100 ms, also when nothing changed:
/// the page measures the stream's health by <see cref="Record"/> and <see cref="LogTimeMs"/>, not by its arrival alone.
/// </remarks>
/// <param name="Sequence">+1 per frame of this viewer; a hole means the page must ask again (it never happens unless there is a bug).</param>
/// <param name="Record">Number of the last record that the processor applied.</param>
/// <param name="Site">Name of the site.</param>
/// <param name="Beds">Beds that changed; all of them in a full frame.</param>
/// <param name="Heard">Log time of the last message of every bed, by <see cref="BedDto.Index"/>.</param>
/// <param name="Waves">New pieces of the waveforms that this viewer watches.</param>
/// <param name="Agent">The agent's own health; null when unchanged.</param>
/// <param name="Incidents">Every open incident, newest first; about once a second, null in between.</param>
/// <param name="Watchdogs">The newest TEST alarm of each ward's watchdog, for a receipt; with <paramref name="Incidents"/>.</param>
/// <param name="Network">The network page's content, for a viewer that asked for it; with <paramref name="Incidents"/>.</param>
public sealed record WardFrame(
    long Sequence, long Record, double LogTimeMs, bool Full, string Site, IReadOnlyList<BedDto> Beds, IReadOnlyList<double> Heard,
    IReadOnlyList<WaveDto> Waves, AgentDto? Agent, IReadOnlyList<IncidentMarkDto>? Incidents, IReadOnlyList<WatchdogMarkDto>? Watchdogs,
    NetworkDto? Network);

/// <param name="Index">Dense from 0, stable while the agent runs.</param>
/// <param name="Key"><c>icu1/bed-03</c>.</param>
/// <param name="State"><c>live late stale lost setup standby empty</c>.</param>
/// <param name="Alarm"><c>none low medium high</c>.</param>
/// <param name="Cause">Cause of a technical condition, or empty.</param>
/// <param name="Link"><c>good fair poor lost unknown</c>.</param>
/// <param name="Mode"><c>real test demo replay</c>.</param>
public sealed record BedDto(
    int Index, string Key, string Ward, string Bed, string State, string Alarm, string Cause, string Link, string Mode,
    double? DelayMs, double? LossRatio, IReadOnlyList<DeviceDto> Devices, IReadOnlyList<NumericDto> Numerics,
    IReadOnlyList<WaveInfoDto> Waves, IReadOnlyList<AlarmDto> Alarms);

public sealed record DeviceDto(
    string Id, string State, string Reported, string Maker, string Model, string Serial, string Firmware, bool? OnMains, double? BatteryPercent,
    string Link, double? DelayMs, double? LossRatio, double MessagesPerSecond);

/// <param name="Signal">MDC reference id; labels and units come from <c>/api/signals</c>.</param>
/// <param name="Value">Null: no value, or removed.</param>
/// <param name="Text">The value as it is shown (<c>97</c>, <c>36.8</c>), or <c>– –</c>.</param>
/// <param name="State"><c>live late stale</c>.</param>
/// <param name="AtMs">When it arrived, or was measured for an intermittent one.</param>
/// <param name="RemoveAtMs">When the page must remove it by itself if nothing newer came; null for an intermittent one.</param>
public sealed record NumericDto(
    string Signal, string Device, double? Value, string Text, string State, string Validity, bool Intermittent, double AtMs, double? RemoveAtMs);

/// <param name="BlankAtMs">When the page must blank the trace by itself if nothing newer came.</param>
public sealed record WaveInfoDto(string Signal, string Device, string State, double SamplePeriodUs, double BlankAtMs);

/// <param name="Priority"><c>low medium high</c>.</param>
/// <param name="Phase"><c>active_unack active_ack latched unknown</c>.</param>
/// <param name="Kind"><c>physiological technical advisory</c>.</param>
/// <param name="Event">MDC event id or vendor's name.</param>
/// <param name="Source">The signal concerned, MDC reference id, or empty.</param>
public sealed record AlarmDto(
    string Id, string Device, string Priority, string Phase, string Kind, string Event, string Source, string Text,
    double? Value, double? LowLimit, double? HighLimit, string Unit, bool AudioOff, double SinceMs);

/// <param name="Bed">Index of the bed.</param>
/// <param name="TimeMs">Time of the first sample on the stream's own axis: pieces that follow on have times that follow on; a jump is a gap, to be drawn as one.</param>
/// <param name="Data">Little-endian int16 (base64 in JSON); -32768 is a missing sample; physical = gain × sample + offset.</param>
public sealed record WaveDto(int Bed, string Signal, string Device, double TimeMs, double SamplePeriodUs, double Gain, double Offset, ReadOnlyMemory<byte> Data);

/// <param name="Mode">Strictest mode that must be shown on every screen: <c>real test demo replay</c>.</param>
/// <param name="Faults">Sentences keys of what ails the agent (<c>disk_slow</c>, <c>disk_full</c>, <c>clock</c>…), empty when well.</param>
public sealed record AgentDto(string Version, string Mode, double StartedMs, IReadOnlyList<string> Faults);
