namespace FieldNet.Bedside.Devices;

/// <summary>What the person at the terminal is told: a line for each lost connection, and one when the server can't be reached.</summary>
/// <remarks>Threading: any thread.</remarks>
internal sealed class Notices(TextWriter output)
{
    private readonly Lock _gate = new();
    private bool _unreachable;

    public void Lost(string clientId, string why)
    {
        lock (_gate)
        {
            _unreachable = false;
            output.WriteLine($"{clientId}: connection lost: {why}");
        }
    }

    /// <summary>Said once, however many connections try, until one that stood is lost.</summary>
    public void Unreachable(string clientId, string why)
    {
        lock (_gate)
        {
            if (!_unreachable)
            {
                output.WriteLine($"{clientId}: no connection: {why} Trying again until there is one.");
            }
            _unreachable = true;
        }
    }
}
