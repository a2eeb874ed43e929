namespace FieldNet.Capture.Wfdb;

/// <summary>A WFDB file breaks the format, or uses a part of it that is not read here.</summary>
/// <param name="line">Line of a header, from 1; 0 where the whole file or a binary file is meant.</param>
public sealed class WfdbFormatException(string file, int line, string reason)
    : FormatException(line > 0 ? $"{file}, line {line}: {reason}" : $"{file}: {reason}")
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
