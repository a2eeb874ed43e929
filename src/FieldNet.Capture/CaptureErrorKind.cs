namespace FieldNet.Capture;

/// <summary>Why a data folder can't be used.</summary>
public enum CaptureErrorKind
{
    /// <summary>Another agent writes to it.</summary>
    DataFolderInUse,

    /// <summary>It can't be created, opened or written.</summary>
    DataFolderUnwritable,

    /// <summary>There is no log in it.</summary>
    NotADataFolder,

    /// <summary>It was made by a newer version.</summary>
    FormatUnknown,
}
