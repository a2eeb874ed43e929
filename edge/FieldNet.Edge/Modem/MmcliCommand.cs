using FieldNet.Slice.Modem;

namespace FieldNet.Edge.Modem;

/// <summary>A modem asked by <c>mmcli</c> (ModemManager 1.20).</summary>
/// <remarks>Its signal is measured only once it was asked to, so that is done first; a version that does not know a question leaves its facts unknown.</remarks>
internal sealed class MmcliCommand(string modem) : IModemPort
{
    private bool _isSetUp;

    public async Task<string> AskAsync(CancellationToken cancellation)
    {
        if (!_isSetUp)
        {
            await TryRunAsync(cancellation, "-m", modem, "--signal-setup=1").ConfigureAwait(false);
            await TryRunAsync(cancellation, "-m", modem, "--location-enable-3gpp").ConfigureAwait(false);
            _isSetUp = true;
        }

        var state = await ModemCommand.RunAsync("mmcli", ["-m", modem, "-K"], cancellation).ConfigureAwait(false);
        List<string> answers = [state];
        foreach (var question in (string[])["--signal-get", "--get-cell-info", "--location-get"])
        {
            answers.Add(await TryRunAsync(cancellation, "-m", modem, question, "-K").ConfigureAwait(false));
        }

        foreach (var bearer in MmcliText.Listed(state, "modem.generic.bearers"))
        {
            // The network's own first bearer is listed, too, and has no address.
            var answer = await TryRunAsync(cancellation, "-b", bearer, "-K").ConfigureAwait(false);
            answers.Add(MmcliText.IsConnectedBearer(answer) ? answer : "");
        }

        if (MmcliText.Value(state, "modem.generic.sim") is { } sim)
        {
            answers.Add(await TryRunAsync(cancellation, "-i", sim, "-K").ConfigureAwait(false));
        }

        return string.Join('\n', answers);
    }

    public void Dispose()
    {
        // Each question is a program of its own.
    }

    private static async Task<string> TryRunAsync(CancellationToken cancellation, params string[] arguments)
    {
        try
        {
            return await ModemCommand.RunAsync("mmcli", arguments, cancellation).ConfigureAwait(false);
        }
        catch (ModemFaultException)
        {
            return "";
        }
    }
}
