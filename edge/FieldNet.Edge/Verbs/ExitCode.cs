namespace FieldNet.Edge.Verbs;

/// <summary>Exit codes of every verb (docs/protocol.md).</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The check that the verb makes fell short.</summary>
    public const int FellShort = 1;

    public const int BadArguments = 2;

    /// <summary>A fault of the environment (port taken, folder unwritable, disk full), or one that ended the agent: to be started again.</summary>
    public const int Environment = 3;
}
