using System.Runtime.InteropServices;

namespace FieldNet.Edge.Verbs;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP (its terminal or session went away) into a cancelled token; a second one of any ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopSignal() =>
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    public CancellationToken Token => _stopping.Token;

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !_stopping.IsCancellationRequested;

        // Not on the signal's own thread: what waits for the token may take long, and further signals must get through.
        ThreadPool.QueueUserWorkItem(static stopping => stopping.Cancel(), _stopping, preferLocal: false);
    }
}
