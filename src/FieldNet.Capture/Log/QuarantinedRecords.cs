namespace FieldNet.Capture.Log;

/// <summary>The numbers of the records that must not be applied again.</summary>
public static class QuarantinedRecords
{
    public static IReadOnlySet<long> Read(string dataFolder) => throw new NotImplementedException();
}
