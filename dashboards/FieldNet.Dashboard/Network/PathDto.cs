namespace FieldNet.Dashboard.Network;

/// <summary>Who one device is to the network, and how its flow does.</summary>
/// <param name="Bed"><c>icu1/bed-03</c>.</param>
/// <param name="Chain">Each step from the device to its flow as far as it is known, in that order.</param>
/// <param name="Missing">What is missing to know the rest, one sentence each.</param>
/// <param name="History">What was different before, newest first.</param>
/// <param name="Link"><c>good fair poor lost unknown</c>.</param>
public sealed record PathDto(
    string Bed, string Device, IReadOnlyList<IdentityDto> Chain, IReadOnlyList<string> Missing, IReadOnlyList<IdentityChangeDto> History,
    BudgetDto Budget, double? RsrpDbm, double? SinrDb, string Link);
