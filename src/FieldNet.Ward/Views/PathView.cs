namespace FieldNet.Ward.Views;

/// <summary>Who one device is to the network, how sure we are of it, and how its flow does against what was planned.</summary>
/// <remarks>Null is unknown.</remarks>
public sealed record PathView
{
    /// <summary><c>ward/bed</c>.</summary>
    public required string Bed { get; init; }

    public required string Device { get; init; }

    /// <summary>bed, device, gateway, IP, SUPI, cell, RNTI, slice, 5QI: each step as far as it is known, in that order.</summary>
    public required IReadOnlyList<IdentityView> Chain { get; init; }

    /// <summary>What is missing to know the rest, one sentence each.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>What was different before, newest first, at most 20.</summary>
    public required IReadOnlyList<IdentityChange> History { get; init; }

    public required BudgetView Budget { get; init; }

    /// <summary>Radio of its gateway.</summary>
    public double? RsrpDbm { get; init; }

    public double? SinrDb { get; init; }

    public LinkGrade Link { get; init; }
}
