using System.Runtime.InteropServices;

namespace FieldNet.Bedside.Tests.Recordings;

/// <summary>A folder of small records that goes when the test does.</summary>
internal sealed class RecordFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldnet-records-");

    public string Path => _folder.FullName;

    public void Write(string name, string header, short[] samples)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".hea", header + "\n");
        File.WriteAllBytes(path + ".dat", MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
