using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Modem;

/// <summary>Finds the way that <c>--from</c> names.</summary>
internal static class ModemPorts
{
    /// <exception cref="BadArgumentException">There is no such way.</exception>
    public static IModemPort Open(string from, TimeProvider time)
    {
        var colon = from.IndexOf(':', StringComparison.Ordinal);
        var (way, where) = colon < 0 ? (from, "") : (from[..colon], from[(colon + 1)..]);
        return (way, where) switch
        {
            ("qeng", { Length: > 0 }) => ModemTerminal.IsOne(where) ? new ModemTerminal(where, time) : new ModemFile(Existing(where)),
            ("file", { Length: > 0 }) => new ModemFile(Existing(where)),
            ("qmicli", _) => new QmiCommand(where.Length > 0 ? where : QmiCommand.Preset),
            ("mmcli", _) => new MmcliCommand(where.Length > 0 ? where : "any"),
            _ => throw new BadArgumentException($"--from is qeng:/dev/ttyUSB2, qmicli[:DEVICE], mmcli[:N] or file:PATH; '{from}' is none."),
        };
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new BadArgumentException($"--from: there is no file {path}.");
}
