namespace FieldNet.Bedside.Devices;

/// <summary>A device that a simulation lives in steps.</summary>
/// <remarks>Threading: the scheduler's thread.</remarks>
internal interface ISimulatedDevice
{
    long NextStepUs { get; }

    IReadOnlyList<MessageStream> Streams { get; }

    /// <summary>No message waits in its link.</summary>
    bool IsIdle { get; }

    /// <summary>The loops of its connections.</summary>
    IEnumerable<Task> Run(CancellationToken cancellationToken);

    /// <summary>Lets faults act, and sends what they held back.</summary>
    void Pump(long nowUs);

    /// <summary>Lives one step and sends what is new.</summary>
    void Step(long nowUs);

    /// <summary>Says that it will go.</summary>
    void TakeLeave(long nowUs);

    Task StopAsync(CancellationToken cancellationToken);
}
