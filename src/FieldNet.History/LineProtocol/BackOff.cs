namespace FieldNet.History.LineProtocol;

/// <summary>How long to wait before a server that did not take a batch is asked again.</summary>
/// <remarks>Pure arithmetic: doubling with full jitter, never less than the server asks for, the cap last.</remarks>
internal static class BackOff
{
    /// <summary>Of our own: beyond, a server that came back would wait for us.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(30);

    /// <summary>Of what a server may ask for.</summary>
    private static readonly TimeSpan Cap = TimeSpan.FromMinutes(10);

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="random01">0 to 1: many agents that lost one server must not come back in step.</param>
    public static TimeSpan After(int failures, TimeSpan? asked, double random01)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 16));
        var own = (doubled < Longest ? doubled : Longest) * ((1 + random01) / 2);
        var wait = asked > own ? asked.Value : own;
        return wait < Cap ? wait : Cap;
    }
}
