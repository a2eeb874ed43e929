using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Verbs;

/// <summary>Reads the key of authenticated probes from its file: a command line can be read by everybody on the machine.</summary>
internal static class KeyFile
{
    /// <param name="path">Null: no key.</param>
    /// <exception cref="BadArgumentException">It can't be read, or holds no key.</exception>
    public static StampKey? Read(string? path)
    {
        try
        {
            return path is null ? null : StampKey.Parse(File.ReadAllText(path))
                ?? throw new BadArgumentException($"{path} holds no key: one line of 32 to 128 hexadecimal digits, as `openssl rand -hex 32` makes it.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"the key file {path} can't be read: {unreadable.Message}");
        }
    }
}
