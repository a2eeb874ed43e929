namespace FieldNet.Ward.State;

/// <summary>A step of the chain from a gateway to its flow, in the order of the chain.</summary>
public enum GatewayStep : byte
{
    Ip = 0,
    Supi,
    Cell,
    Rnti,
    Slice,
    FiveQi,
}
