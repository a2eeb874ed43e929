using System.Text.Json;

namespace FieldNet.LoadBench.Subjects;

/// <summary>Reads an agent's event file as it grows.</summary>
/// <remarks>Threading: <see cref="FollowAsync"/> fills the list; read it when that has ended.</remarks>
internal sealed class EventTail(string path, string subject)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(2);

    /// <summary>Log time of each event, and when its line was in the file.</summary>
    public List<(long LoggedUs, long ReadUs)> Events { get; } = [];

    /// <summary>Follows until cancelled.</summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(0, SeekOrigin.End);
        using var lines = new StreamReader(file);
        using var look = new PeriodicTimer(LookEvery);
        while (!stopping.IsCancellationRequested)
        {
            await look.WaitForNextTickAsync(CancellationToken.None);
            while (await lines.ReadLineAsync(CancellationToken.None) is { Length: > 0 } line)
            {
                Note(line);
            }
        }
    }

    private void Note(string line)
    {
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.GetProperty("kind").GetString() == "alarm" && json.RootElement.GetProperty("subject").GetString()!.EndsWith(subject, StringComparison.Ordinal))
        {
            var logged = json.RootElement.GetProperty("t").GetDateTimeOffset() - DateTimeOffset.UnixEpoch;
            Events.Add((logged.Ticks / TimeSpan.TicksPerMicrosecond, Clock.UtcUs));
        }
    }
}
