namespace FieldNet.History.LineProtocol;

/// <summary>The type of a field: a server fixes it with the first point and refuses every other, so it never changes here.</summary>
public enum FieldType : byte
{
    /// <summary>Written with a point or an exponent; never NaN or infinite.</summary>
    Float = 0,

    /// <summary>64 bits, written with an <c>i</c> behind it.</summary>
    Integer,

    /// <summary>Quoted. VictoriaMetrics keeps none of these.</summary>
    Text,
}
