using System.Text;
using FieldNet.Detection.Streams;
using FieldNet.Telemetry.Signals;

namespace FieldNet.History.Points;

/// <summary>What <see cref="NumericPoints"/> knows, as bytes.</summary>
/// <remarks>Shape: version, connection of the broker, then device by device. Errors: <see cref="InvalidDataException"/>.</remarks>
internal static class PointsState
{
    private const byte Version = 1;

    public static byte[] Write(long brokerConnection, IReadOnlyCollection<PointDevice> devices)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(brokerConnection);
        writer.Write(devices.Count);
        foreach (var device in devices)
        {
            Write(writer, device);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>The connection of the broker.</returns>
    public static long Read(ReadOnlySpan<byte> saved, Action<PointDevice> add)
    {
        using var reader = new BinaryReader(new MemoryStream(saved.ToArray()), Encoding.UTF8);
        try
        {
            var version = reader.ReadByte();
            if (version != Version)
            {
                throw new InvalidDataException($"A state of version {version}.");
            }

            var brokerConnection = reader.ReadInt64();
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                add(ReadDevice(reader));
            }

            return brokerConnection;
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The state of the points is damaged.", damage);
        }
    }

    private static void Write(BinaryWriter writer, PointDevice device)
    {
        writer.Write(device.Subject);
        ref readonly var delay = ref device.Dating.Delay;
        writer.Write(device.Dating.ClockUs);
        writer.Write(delay.Known);
        writer.Write(delay.FloorUs);
        writer.Write(delay.PreviousFloorUs);
        writer.Write(delay.FloorSinceUs);

        ref readonly var sequence = ref device.Sequence;
        writer.Write(sequence.Started);
        writer.Write(sequence.Epoch);
        writer.Write(sequence.Highest);
        writer.Write(sequence.SeenMask);
        writer.Write(sequence.Connection);
        writer.Write(sequence.SentUs);
        writer.Write(sequence.Lost);
        writer.Write(device.Seen.Ranges.Count);
        foreach (var (first, last) in device.Seen.Ranges)
        {
            writer.Write(first);
            writer.Write(last);
        }

        // Only what is measured now and then: of the others there is nothing to know.
        var measured = device.Series.SelectMany(series => series.MeasuredAtUs.Select(at => (series.Series.Signal.Id, at))).ToList();
        writer.Write(measured.Count);
        foreach (var (signal, measuredAtUs) in measured)
        {
            writer.Write(signal);
            writer.Write(measuredAtUs);
        }
    }

    private static PointDevice ReadDevice(BinaryReader reader)
    {
        var name = reader.ReadString().Split('/');
        var device = new PointDevice(name[0], name[1], name[2], name[3]);
        device.Dating = new DeviceDating
        {
            ClockUs = reader.ReadInt64(),
            Delay = new DelayAboveFloor
            {
                Known = reader.ReadBoolean(),
                FloorUs = reader.ReadInt64(),
                PreviousFloorUs = reader.ReadInt64(),
                FloorSinceUs = reader.ReadInt64(),
            },
        };
        device.Sequence = new SequenceAccount
        {
            Started = reader.ReadBoolean(),
            Epoch = reader.ReadUInt32(),
            Highest = reader.ReadUInt64(),
            SeenMask = reader.ReadUInt64(),
            Connection = reader.ReadInt64(),
            SentUs = reader.ReadInt64(),
            Lost = reader.ReadInt64(),
        };
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            device.Seen.Restore(reader.ReadUInt64(), reader.ReadUInt64());
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (signal, measuredAtUs) = (reader.ReadString(), reader.ReadInt64());
            if (SignalTable.Find(signal) is { } known)
            {
                device.Of(known).IsNew(measuredAtUs);
            }
        }

        return device;
    }
}
