using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace FieldNet.Mqtt.Transport;

/// <summary>A connection over a pair of pipes: Kestrel's TCP and TLS, or a WebSocket.</summary>
/// <remarks>Threading: a read loop and a write loop on the thread pool.</remarks>
/// <param name="pipe">Of the connection; completed at the end.</param>
/// <param name="remote">The peer.</param>
/// <param name="certificate">The peer's, from TLS.</param>
/// <param name="abort">Resets the connection, which completes a flush that waits for a peer that does not read.</param>
/// <param name="time">For the farewell's timeout.</param>
internal sealed class PipeTransport(IDuplexPipe pipe, EndPoint? remote, X509Certificate2? certificate, Action abort, TimeProvider time) : ITransport
{
    private readonly WakeSignal _readerSignal = new();
    private readonly WakeSignal _writerSignal = new();

    public EndPoint? RemoteEndPoint => remote;

    public X509Certificate2? ClientCertificate => certificate;

    public void WakeWriter() => _writerSignal.Set();

    public void WakeReader()
    {
        _readerSignal.Set();
        pipe.Input.CancelPendingRead();
    }

    /// <summary>Serves the connection until it has ended and its Close is posted.</summary>
    public async Task RunAsync(IProtocol protocol)
    {
        var writing = WriteAsync(protocol);
        try
        {
            await ReadAsync(protocol).ConfigureAwait(false);
        }
        finally
        {
            protocol.PeerClosed(reset: false);
            await protocol.CompleteAsync().ConfigureAwait(false);
            await FinishAsync(writing, protocol.FarewellTimeout).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(IProtocol protocol)
    {
        try
        {
            while (!protocol.IsEnded)
            {
                var read = await pipe.Input.ReadAsync().ConfigureAwait(false);
                var buffer = read.Buffer;
                if (read.IsCanceled && buffer.IsEmpty)
                {
                    pipe.Input.AdvanceTo(buffer.Start);
                    continue;
                }

                var step = protocol.Receive(ref buffer);
                while (step == ReceiveStep.Pause && !protocol.IsEnded)
                {
                    await _readerSignal.WaitAsync().ConfigureAwait(false);
                    step = protocol.Receive(ref buffer);
                }

                pipe.Input.AdvanceTo(buffer.Start, buffer.End);
                if (step == ReceiveStep.Ended || read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Reset by the peer, or aborted by the host: there is nobody to tell.
            protocol.PeerClosed(reset: true);
        }
    }

    private async Task WriteAsync(IProtocol protocol)
    {
        try
        {
            while (!protocol.IsEnded)
            {
                var more = protocol.Write(pipe.Output);
                if (pipe.Output.UnflushedBytes > 0)
                {
                    if ((await pipe.Output.FlushAsync().ConfigureAwait(false)).IsCompleted)
                    {
                        break;
                    }
                }
                else if (!more)
                {
                    await _writerSignal.WaitAsync().ConfigureAwait(false);
                }
            }

            if (protocol.IsEnded)
            {
                protocol.WriteFarewell(pipe.Output);
                await pipe.Output.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // As in the read loop.
        }

        protocol.PeerClosed(reset: true);
    }

    /// <summary>Lets the last bytes go, for a while.</summary>
    private async Task FinishAsync(Task writing, TimeSpan timeout)
    {
        try
        {
            await writing.WaitAsync(timeout, time).ConfigureAwait(false);
            await pipe.Output.CompleteAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A client that does not read keeps the flush waiting; an abort completes it.
            abort();
            await writing.ConfigureAwait(false);
        }

        await pipe.Input.CompleteAsync().ConfigureAwait(false);
    }
}
