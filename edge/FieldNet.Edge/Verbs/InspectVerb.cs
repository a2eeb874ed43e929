using System.CommandLine;
using FieldNet.Capture.Inspection;
using FieldNet.Capture.Packets;
using FieldNet.Edge.Reports;
using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary><c>inspect PATH</c>: what a data folder, a packet capture or a WFDB record holds.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A data folder, a packet capture (pcap or pcapng), or a WFDB record (its .hea, its name without an extension, or its .dat)." };
        var records = new Option<string?>("--records") { Description = "Write every record of a data folder as one line of JSON; - is standard output.", HelpName = "OUT.jsonl" };
        var json = VerbOptions.Json();
        var verb = new Command("inspect", "Says what a data folder, a packet capture or a WFDB record holds; the folder may be a running agent's.") { path, records, json };
        verb.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetValue(records), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(string path, string? records, string? json)
    {
        if (Directory.Exists(path))
        {
            RunFolder(path, records, json);
        }
        else if (records is not null)
        {
            throw new BadArgumentException($"--records writes the records of a data folder; {path} is none.");
        }
        else if (WfdbInspect.HeaderOf(path) is { } header)
        {
            return WfdbInspect.Run(header, json);
        }
        else if (!File.Exists(path))
        {
            throw new BadArgumentException($"there is no file or folder {path}.");
        }
        else
        {
            RunCapture(path, json);
        }

        return ExitCode.Done;
    }

    private static void RunFolder(string path, string? records, string? json)
    {
        using var output = Open(records);
        var inspection = DataFolderInspection.Read(path, output);
        if (json is null && records != "-")
        {
            Print(inspection);
        }

        JsonReport.Write(inspection, json);
    }

    private static void RunCapture(string path, string? json)
    {
        PacketCaptureInspection inspection;
        try
        {
            inspection = PacketCaptureInspection.Read(path);
        }
        catch (PacketCaptureException unreadable)
        {
            throw new BadArgumentException($"{unreadable.Message} inspect reads data folders (what serve and demo write with --data), pcap, pcapng and WFDB records (by their .hea).");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"{path} can't be read: {cause.Message}", cause);
        }

        if (json is null)
        {
            Print(inspection);
        }

        JsonReport.Write(inspection, json);
    }

    private static Stream? Open(string? path)
    {
        try
        {
            return path switch { null => null, "-" => Console.OpenStandardOutput(), _ => File.Create(path) };
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"records can't be written to {path}: {cause.Message} Give --records another file.", cause);
        }
    }

    private static void Print(DataFolderInspection inspection)
    {
        var table = Times(inspection.First, inspection.Last);
        table.AddRow("segments", $"{inspection.Segments}");
        table.AddRow("bytes", $"{inspection.Bytes:N0}");
        AddCounts(table, "records", inspection.Records);
        foreach (var (name, lane) in inspection.Lanes)
        {
            table.AddRow(name, lane.Records == 0 ? "none" : $"{lane.Records:N0} records in {lane.Segments} segments, {lane.Bytes:N0} bytes, {lane.First} to {lane.Last}");
        }

        table.AddRow("ballast", $"{inspection.BallastBytes:N0} bytes");
        foreach (var cursor in inspection.Cursors)
        {
            table.AddRow($"cursor {cursor.Name}", $"through {cursor.Through}, {cursor.Behind:N0} behind{(cursor.Cut ? ", cut" : "")}");
        }

        table.AddRow("torn / corrupt / missing", $"{inspection.Torn} / {inspection.Corrupt} / {inspection.Missing}");
        AnsiConsole.Write(table);
    }

    private static void Print(PacketCaptureInspection inspection)
    {
        var table = Times(inspection.First, inspection.Last);
        table.AddRow("frames", inspection.Cut ? $"{inspection.Frames:N0}, and one cut off by the end of the file" : $"{inspection.Frames:N0}");
        table.AddRow("MQTT connections", $"{inspection.Mqtt.Connections:N0}");
        AddCounts(table, "CONNECT of level", inspection.Mqtt.Versions);
        AddCounts(table, "packets", inspection.Mqtt.Types);
        AddCounts(table, "PUBLISH at QoS", inspection.Mqtt.PublishQos);
        AddCounts(table, "encrypted sessions (TLS) with", inspection.Encrypted.Servers);
        AddCounts(table, "frames of unknown link type", inspection.UnreadLinkTypes);
        if (inspection.Damaged > 0)
        {
            table.AddRow("damaged places, passed over", $"{inspection.Damaged}");
        }

        table.AddRow("malformed / lost segments", $"{inspection.Mqtt.Malformed} / {inspection.Mqtt.LostSegments}");
        AnsiConsole.Write(table);
    }

    private static Table Times(string? first, string? last)
    {
        var table = new Table { Border = TableBorder.Minimal }.AddColumns("", "");
        table.AddRow("first", first ?? "–");
        table.AddRow("last", last ?? "–");
        return table;
    }

    private static void AddCounts(Table table, string of, IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (name, count) in counts)
        {
            table.AddRow($"{of} {name}", $"{count:N0}");
        }
    }
}
