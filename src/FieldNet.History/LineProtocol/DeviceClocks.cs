using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;

namespace FieldNet.History.LineProtocol;

/// <summary>Carries what devices say about time to the log's clock, for waveforms and links: what each device's live messages showed of its clock.</summary>
/// <remarks>
/// Shape: <see cref="Save"/> gives all of it. Whoever keeps that beside the number of a record gives every later record the same times
/// again, whenever it reads on from there. Threading: one thread.
/// </remarks>
internal sealed class DeviceClocks
{
    private const byte Version = 1;

    private readonly Dictionary<string, Clock> _clocks = new(StringComparer.Ordinal);

    /// <summary>When a message was measured, UTC microseconds on the log's clock.</summary>
    /// <remarks>
    /// Live: its arrival, less what it took longer than the fastest one (ADR 0005). Of a backlog: its device time, less the offset that
    /// live messages showed; without one the device's clock is taken at its word. Nothing was measured in the future.
    /// </remarks>
    public long MeasuredUs(Topic topic, in Stamp stamp, long receiveUs)
    {
        if (!_clocks.TryGetValue(topic.Subject, out var clock))
        {
            _clocks.Add(topic.Subject, clock = new Clock());
        }

        clock.Delay.Observe(stamp, receiveUs);
        if (!stamp.Historical || !stamp.HasDeviceTime)
        {
            return receiveUs - clock.Delay.OfUs(stamp, receiveUs);
        }

        var offsetUs = clock.Delay.Known ? Math.Min(clock.Delay.FloorUs, clock.Delay.PreviousFloorUs) : 0;
        return Math.Min(receiveUs, stamp.DeviceTimeUs + offsetUs);
    }

    public byte[] Save()
    {
        using var saved = new MemoryStream();
        using var output = new BinaryWriter(saved);
        output.Write(Version);
        output.Write(_clocks.Count);
        foreach (var (subject, clock) in _clocks.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            output.Write(subject);
            output.Write(clock.Delay.Known);
            output.Write(clock.Delay.FloorUs);
            output.Write(clock.Delay.PreviousFloorUs);
            output.Write(clock.Delay.FloorSinceUs);
        }

        output.Flush();
        return saved.ToArray();
    }

    /// <param name="saved">Empty: knows no device.</param>
    /// <exception cref="InvalidDataException">Of a version that it does not know, or cut short. It then knows no device.</exception>
    public void Restore(byte[] saved)
    {
        _clocks.Clear();
        if (saved.Length == 0)
        {
            return;
        }

        using var input = new BinaryReader(new MemoryStream(saved));
        try
        {
            if (input.ReadByte() is var version and not Version)
            {
                throw new InvalidDataException($"Device clocks of version {version}; this is version {Version}.");
            }

            for (var left = input.ReadInt32(); left > 0; left--)
            {
                var (subject, clock) = (input.ReadString(), new Clock());
                (clock.Delay.Known, clock.Delay.FloorUs) = (input.ReadBoolean(), input.ReadInt64());
                (clock.Delay.PreviousFloorUs, clock.Delay.FloorSinceUs) = (input.ReadInt64(), input.ReadInt64());
                _clocks.Add(subject, clock);
            }
        }
        catch (EndOfStreamException cut)
        {
            _clocks.Clear();
            throw new InvalidDataException("Device clocks are cut short.", cut);
        }
    }

    private sealed class Clock
    {
        public DelayAboveFloor Delay;
    }
}
