namespace FieldNet.Ward.State;

/// <summary>A kind of place where a fault can be, leaf first. Public spelling of a cause: lower case.</summary>
public enum FaultNode : byte
{
    Sensor = 0,
    Device,
    Gateway,
    Cell,
    Slice,
    Core,
    Backhaul,
    Agent,
    Clock,
}
