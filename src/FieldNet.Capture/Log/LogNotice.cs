using System.Text.Json;
using FieldNet.Capture.Disk;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Log;

/// <summary>Something that the log did by itself and that must become a record of it.</summary>
internal readonly record struct LogNotice(RecordKind Kind, byte[] Payload)
{
    public static LogNotice Disk(DiskStep step, DiskSpace space, long logBytes) => new(RecordKind.Disk, Write(json =>
    {
        json.WriteString("step", JsonNamingPolicy.SnakeCaseLower.ConvertName(step.ToString()));
        json.WriteNumber("used_percent", Math.Round(space.UsedShare * 100, 1));
        json.WriteNumber("free_bytes", space.FreeBytes);
        json.WriteNumber("log_bytes", logBytes);
    }));

    public static LogNotice CursorCut(LogCursor cursor, long last) => new(RecordKind.CursorCut, Write(json =>
    {
        json.WriteString("cursor", cursor.Name);
        json.WriteNumber("from", cursor.Through + 1);
        json.WriteNumber("through", last);
    }));

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
