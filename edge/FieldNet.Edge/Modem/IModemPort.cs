namespace FieldNet.Edge.Modem;

/// <summary>A way to ask a modem how its radio is.</summary>
internal interface IModemPort : IDisposable
{
    /// <summary>Asks once.</summary>
    /// <returns>Its answer in its own form, for ModemText.</returns>
    /// <exception cref="ModemFaultException">No answer.</exception>
    Task<string> AskAsync(CancellationToken cancellation);
}
