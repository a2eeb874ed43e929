using System.Buffers.Binary;
using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;
using FieldNet.Telemetry.Topics;

namespace FieldNet.Capture.Tests.Checkpoints;

/// <summary>A view whose state depends on every record and on their order.</summary>
internal sealed class TallyView(string name = "tally") : ICheckpointView
{
    public string CheckpointName => name;

    public ulong Tally { get; private set; }

    /// <summary>Records applied by this object, restored ones not among them.</summary>
    public List<long> Applied { get; } = [];

    public bool RefusesCheckpoints { get; set; }

    public int Restored { get; private set; }

    public Refusal Apply(in LogRecord record)
    {
        Applied.Add(record.Number);
        Add((ulong)record.Number);
        foreach (var octet in record.Payload)
        {
            Add(octet);
        }

        return Refusal.None;
    }

    public byte[] SaveCheckpoint()
    {
        var saved = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(saved, Tally);
        return saved;
    }

    public void RestoreCheckpoint(ReadOnlySpan<byte> saved, TopicTable topics)
    {
        if (!saved.IsEmpty && RefusesCheckpoints)
        {
            throw new InvalidDataException("of another version");
        }

        Restored += saved.IsEmpty ? 0 : 1;
        Tally = saved.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(saved);
    }

    /// <summary>What a view has that applied the whole log.</summary>
    public static TallyView Of(FieldNet.Capture.Disk.IDisk disk, long through = long.MaxValue)
    {
        var view = new TallyView();
        using var reader = new FieldNet.Capture.Log.LogReader(disk, new TopicTable()) { Limit = through };
        while (reader.TryRead(out var record))
        {
            view.Apply(record);
        }

        return view;
    }

    private void Add(ulong value) => Tally = (Tally ^ value) * 0x100000001B3;
}
