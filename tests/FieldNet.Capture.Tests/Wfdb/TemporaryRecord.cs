namespace FieldNet.Capture.Tests.Wfdb;

/// <summary>A record of a few bytes in a folder of its own.</summary>
internal sealed class TemporaryRecord : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldnet-wfdb-");

    public TemporaryRecord(string recordLine, string signalLines, byte[] data)
    {
        File.WriteAllText(HeaderPath, $"{recordLine}\n{signalLines}\n");
        File.WriteAllBytes(DataPath, data);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "r.mat"), data);
    }

    public string HeaderPath => Path.Combine(_folder.FullName, "r.hea");

    public string DataPath => Path.Combine(_folder.FullName, "r.dat");

    public void Write(string name, string text) => Write(name, System.Text.Encoding.Latin1.GetBytes(text));

    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);

    public void Dispose() => _folder.Delete(recursive: true);
}
