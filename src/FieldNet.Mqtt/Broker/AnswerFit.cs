namespace FieldNet.Mqtt.Broker;

/// <summary>How an answer of a client fits what was sent to it.</summary>
internal enum AnswerFit : byte
{
    /// <summary>Nothing of that identifier is in flight.</summary>
    Unknown,

    /// <summary>It is the answer that is due.</summary>
    Fits,

    /// <summary>Another answer is due: the client breaks the rules (MQTT 5.0, 4.3.2 and 4.3.3).</summary>
    Wrong,
}
