using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Sources;

/// <summary>Thins out a source's reports of failure: one at once when what is wrong changes, then one every ten seconds.</summary>
/// <remarks>Clock: none of its own. Threading: single caller.</remarks>
internal sealed class FailurePace
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private string? _error;
    private DateTimeOffset _due;

    public bool Passes(NetworkReport report, DateTimeOffset now)
    {
        if (report.Reached)
        {
            _error = null;
            return true;
        }

        var error = report.Error ?? "";
        if (error == _error && now < _due)
        {
            return false;
        }

        (_error, _due) = (error, now + Every);
        return true;
    }
}
