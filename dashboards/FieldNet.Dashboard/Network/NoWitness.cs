using FieldNet.Telemetry.Network;

namespace FieldNet.Dashboard.Network;

/// <summary>Where no watchdog runs.</summary>
internal sealed class NoWitness : IAlarmPathWitness
{
    public void Seen(string ward, long sequence, string screen = "")
    {
    }

    public void Left(string screen)
    {
    }
}
