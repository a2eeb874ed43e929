namespace FieldNet.Edge.Export;

/// <summary>What time is exported: from, and up to but not including; UTC microseconds on the log's clock.</summary>
internal readonly record struct ExportSpan(long FromUs, long ToUs)
{
    public bool Holds(double us) => us >= FromUs && us < ToUs;
}
