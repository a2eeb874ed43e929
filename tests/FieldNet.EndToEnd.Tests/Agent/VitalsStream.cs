using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FieldNet.EndToEnd.Tests.Agent;

/// <summary>Numbered vitals of one bed, as a test sends them and finds them in a data folder.</summary>
internal static class VitalsStream
{
    public const string Topic = "fieldnet/v1/chu/icu1/bed-01/mon1/vitals";

    public static byte[] Payload(ulong seq, int heartRate = 72) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $$"""{"stamp":{"epoch":1,"seq":"{{seq}}"},"numerics":[{"signal":"MDC_ECG_HEART_RATE","value":{{heartRate}}}]}"""));

    /// <summary>The numbers in the log, in its order.</summary>
    public static async Task<List<ulong>> LoggedSeqsAsync(string folder)
    {
        var (exitCode, output) = await AgentProcess.RunAsync("inspect", folder, "--records", "-");
        Assert.Equal(0, exitCode);
        var seqs = new List<ulong>();
        foreach (var line in output.Split('\n'))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("topic").GetString() == Topic && record.RootElement.GetProperty("kind").GetString() == "publish")
            {
                seqs.Add(ulong.Parse(record.RootElement.GetProperty("decoded").GetProperty("stamp").GetProperty("seq").GetString()!, CultureInfo.InvariantCulture));
            }
        }

        return seqs;
    }
}
