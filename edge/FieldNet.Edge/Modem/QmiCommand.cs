namespace FieldNet.Edge.Modem;

/// <summary>A modem asked by <c>qmicli</c>, through the proxy that ModemManager uses as well.</summary>
internal sealed class QmiCommand(string device) : IModemPort
{
    public const string Preset = "/dev/cdc-wdm0";

    public async Task<string> AskAsync(CancellationToken cancellation) =>
        await RunAsync("--nas-get-signal-info", cancellation).ConfigureAwait(false) + "\n" + await RunAsync("--nas-get-serving-system", cancellation).ConfigureAwait(false);

    public void Dispose()
    {
        // Each question is a program of its own.
    }

    private Task<string> RunAsync(string question, CancellationToken cancellation) => ModemCommand.RunAsync("qmicli", ["-d", device, "-p", question], cancellation);
}
