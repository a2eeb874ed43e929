namespace FieldNet.Edge.Export;

/// <summary>How <c>export</c> writes waveforms; numbers and events are always CSV.</summary>
internal enum ExportFormat
{
    Csv,
    Wfdb,
}
