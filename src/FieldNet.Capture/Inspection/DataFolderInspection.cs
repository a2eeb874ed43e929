namespace FieldNet.Capture.Inspection;

/// <summary>What a data folder holds: the report of <c>inspect</c>, ready to be written as JSON.</summary>
public sealed record DataFolderInspection
{
    public string Format => "fieldnet";
    /// <summary>Log time of the first record; null in an empty folder.</summary>
    public DateTimeOffset? First { get; init; }
    public DateTimeOffset? Last { get; init; }
    public required int Segments { get; init; }
    /// <summary>How many records of each kind, by snake_case name.</summary>
    public required IReadOnlyDictionary<string, long> Records { get; init; }
    public required long Bytes { get; init; }
    public required long Torn { get; init; }
    public required long Corrupt { get; init; }
    /// <summary>Numbers that no record has.</summary>
    public required long Missing { get; init; }

    /// <summary>Reads the whole folder; with <paramref name="records"/>, writes each record to it as one line of JSON.</summary>
    public static DataFolderInspection Read(string dataFolder, Stream? records = null) => throw new NotImplementedException();
}
