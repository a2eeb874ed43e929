using FieldNet.Dashboard.Stream;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Dashboard.Api;

/// <summary>What a page must know of a signal to show it.</summary>
/// <param name="Id">MDC reference id.</param>
/// <param name="Code">Context-free MDC code; 0 where only a name is known.</param>
/// <param name="Kind"><c>numeric wave ventilator pump device unknown</c>.</param>
/// <param name="Unit">UCUM.</param>
/// <param name="Decimals">Digits after the point on a screen.</param>
public sealed record SignalDto(string Id, uint Code, string Kind, string Unit, string LabelEn, string LabelFr, int Decimals)
{
    internal static SignalDto Of(Signal signal) =>
        new(signal.Id, signal.Code, signal.Kind.Word(), signal.Unit, signal.LabelEn, signal.LabelFr, signal.Decimals);
}
