using FieldNet.Mqtt.Client;
using FieldNet.Bedside.Accounts;

namespace FieldNet.Bedside.Devices;

/// <summary>One of a bed's connections: connects, and connects again for ever.</summary>
/// <remarks>Threading: <see cref="RunAsync"/> is one loop; the scheduler's thread reads <see cref="Open"/> and blocks and unblocks.</remarks>
internal sealed class BedConnection
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200), LastRetry = TimeSpan.FromSeconds(5);

    private readonly string _clientId;
    private readonly (string Topic, byte[] Payload)? _will;
    private readonly IConnector _connector;
    private readonly Action<ulong, bool> _acknowledged;
    private readonly Traffic _traffic;
    private readonly Notices _notices;
    private readonly BackoffSchedule _backoff;
    private readonly TimeProvider _time;
    private volatile TaskCompletionSource _gate = OpenGate();
    private volatile ITransport? _open;
    private volatile int _times;
    private volatile bool _stopping;

    public BedConnection(
        string clientId, (string Topic, byte[] Payload)? will, IConnector connector, Action<ulong, bool> acknowledged,
        Traffic traffic, Notices notices, Random random, TimeProvider time)
    {
        (_clientId, _will, _connector, _acknowledged, _traffic, _notices, _time) = (clientId, will, connector, acknowledged, traffic, notices, time);
        _backoff = new(FirstRetry, LastRetry, random.NextDouble);
    }

    /// <summary>Null while there is no connection.</summary>
    public ITransport? Open => _open;

    /// <summary>How often it was connected so far: a change means that the server may know nothing of us.</summary>
    public int Times => _times;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 0; !_stopping; attempt++)
        {
            await _gate.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await using var transport = await _connector.ConnectAsync(_clientId, _will, _acknowledged, cancellationToken).ConfigureAwait(false);
                attempt = 0;
                _open = transport;
                _times++;
                // Blocked while we were connecting: the block found nothing to abort.
                if (!_gate.Task.IsCompleted)
                {
                    transport.Abort();
                }
                string why;
                try
                {
                    why = await transport.Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    _open = null;
                }
                if (_stopping)
                {
                    return;
                }
                _traffic.CountConnectionLost();
                _notices.Lost(_clientId, why);
            }
            catch (TransportException cause)
            {
                _notices.Unreachable(_clientId, cause.Message);
            }
            await Task.Delay(_backoff.Next(attempt), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes leave of the server; <see cref="RunAsync"/> then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (_open is { } transport)
        {
            await transport.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Resets the connection and lets none be made before <see cref="Unblock"/>.</summary>
    public void Block()
    {
        if (_gate.Task.IsCompleted)
        {
            _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _open?.Abort();
        }
    }

    public void Unblock() => _gate.TrySetResult();

    private static TaskCompletionSource OpenGate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.SetResult();
        return gate;
    }
}
