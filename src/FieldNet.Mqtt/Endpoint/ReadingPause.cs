using FieldNet.Telemetry.Ingress;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>Stops the reading of one connection while there is no room for what it sends, and starts it again.</summary>
/// <remarks>Threading: <see cref="TryBegin"/> on the read side, the rest any thread. No wake-up is lost, and none comes twice.</remarks>
/// <param name="connection">Whose reading it is.</param>
/// <param name="wakeReader">Called once a pause, when there is room.</param>
internal sealed class ReadingPause(MqttConnection connection, Action wakeReader)
{
    private int _isOn;
    private bool _isTimed;
    private Action? _end;

    /// <param name="step">What there is no room for.</param>
    /// <param name="lane">Null before CONNECT.</param>
    /// <returns>False when there is room already.</returns>
    public bool TryBegin(IntakeStep step, IIngressLane? lane)
    {
        if (step == IntakeStep.LaneFull)
        {
            var room = lane!.WaitForRoomAsync(CancellationToken.None).AsTask().GetAwaiter();
            if (room.IsCompleted)
            {
                return false;
            }

            Volatile.Write(ref _isOn, 1);
            room.UnsafeOnCompleted(_end ??= End);
            return true;
        }

        // Whoever makes room behind this store ends the pause; what was made before it is seen here.
        Interlocked.Exchange(ref _isOn, 1);
        Volatile.Write(ref _isTimed, step == IntakeStep.TooFast);
        var isRoom = step switch
        {
            IntakeStep.AnswersFull => !connection.Answers.IsFull,
            IntakeStep.NotWelcomed => connection.Welcome is not null || connection.IsEnded,
            // Time makes it.
            _ => false,
        };
        return !isRoom || Interlocked.Exchange(ref _isOn, 0) == 0;
    }

    /// <summary>There may be room.</summary>
    public void End()
    {
        if (Volatile.Read(ref _isOn) != 0 && Interlocked.Exchange(ref _isOn, 0) != 0)
        {
            wakeReader();
        }
    }

    /// <summary>Time has passed: a client that was too fast may go on.</summary>
    public void Tick()
    {
        if (Volatile.Read(ref _isTimed))
        {
            Volatile.Write(ref _isTimed, false);
            End();
        }
    }
}
