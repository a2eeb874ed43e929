using System.Diagnostics;
using System.Globalization;

namespace FieldNet.Capture.Tests.Processes;

/// <summary>Starts <see cref="AckingWriter"/> in a process of its own.</summary>
internal static class WriterProcess
{
    public static Process Start(string dataFolder, int first, int count, params string[] wrapper)
    {
        // The tests run as their own executable or as `dotnet X.dll`.
        var host = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(WriterProcess).Assembly.Location] : [host];
        string[] command =
        [
            .. wrapper, .. self, AckingWriter.Verb, dataFolder,
            first.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    public static int ParseAck(string line) => int.Parse(line["ack ".Length..], CultureInfo.InvariantCulture);
}
