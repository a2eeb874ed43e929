using System.Collections.Concurrent;
using FieldNet.Telemetry.Network;

namespace FieldNet.Dashboard.Tests.Fakes;

/// <summary>Remembers what the screens said.</summary>
internal sealed class FakeWitness : IAlarmPathWitness
{
    public ConcurrentQueue<string> Heard { get; } = [];

    public void Seen(string ward, long sequence, string screen = "") => Heard.Enqueue($"{screen} saw {ward} {sequence}");

    public void Left(string screen) => Heard.Enqueue($"{screen} left");
}
