using System.Runtime.InteropServices;

namespace FieldNet.Edge.Verbs;

/// <summary>Turns SIGINT and SIGTERM into a cancelled token; a second one of either ends the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _stopping.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stopping.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !_stopping.IsCancellationRequested;

        // Not on the signal's own thread: what waits for the token may take long, and further signals must get through.
        ThreadPool.QueueUserWorkItem(static stopping => stopping.Cancel(), _stopping, preferLocal: false);
    }
}
