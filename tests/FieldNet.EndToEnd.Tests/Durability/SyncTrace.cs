using System.Text.RegularExpressions;

namespace FieldNet.EndToEnd.Tests.Durability;

/// <summary>Reads an strace of the agent: is there, before each PUBACK, a write to the log and an fsync that ended after it?</summary>
/// <remarks>Holds for one message at a time: the sender waits for each acknowledgement before the next PUBLISH.</remarks>
internal static partial class SyncTrace
{
    /// <param name="early">PUBACKs without one.</param>
    /// <returns>PUBACKs with one.</returns>
    public static int CountPubacksBehindTheirFsync(IEnumerable<string> lines, out int early)
    {
        var (covered, written, synced) = (0, false, false);
        early = 0;
        foreach (var line in lines)
        {
            if (LogWrite().IsMatch(line))
            {
                (written, synced) = (true, false);
            }
            else if (SyncEnd().IsMatch(line) && written)
            {
                synced = true;
            }
            else if (Puback().IsMatch(line))
            {
                _ = synced ? covered++ : early++;
                (written, synced) = (false, false);
            }
        }

        return covered;
    }

    [GeneratedRegex(@"\bpwritev?(64)?\(")]
    private static partial Regex LogWrite();

    /// <summary>The line on which the call returned: whole, or resumed after another thread's.</summary>
    [GeneratedRegex(@"(fsync|fdatasync)(\(\d+\)| resumed>\)?).*= 0$")]
    private static partial Regex SyncEnd();

    /// <summary>0x40: PUBACK, remaining length 2 (3.1.1) to 4 (MQTT 5).</summary>
    [GeneratedRegex(@"(send|sendto|sendmsg|write)\(.*""\\x40\\x0[2-4]")]
    private static partial Regex Puback();
}
