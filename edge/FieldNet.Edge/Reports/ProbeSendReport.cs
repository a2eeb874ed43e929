using System.Globalization;

namespace FieldNet.Edge.Reports;

/// <summary>What <c>probe send</c> found. Null is unknown, never 0.</summary>
internal sealed record ProbeSendReport
{
    public required string Reflector { get; init; }

    public required bool Authenticated { get; init; }

    public int? Dscp { get; init; }

    public required long Sent { get; init; }

    public required long Received { get; init; }

    public required long Lost { get; init; }

    public long? LostThere { get; init; }

    public long? LostBack { get; init; }

    public required long Reordered { get; init; }

    public required long Duplicates { get; init; }

    /// <summary>Packets that answered none of ours, or had a wrong HMAC.</summary>
    public required long Strays { get; init; }

    public required ProbeRoundTrips RttMs { get; init; }

    public double? JitterMs { get; init; }

    public double? VariationThereMs { get; init; }

    public double? VariationBackMs { get; init; }

    public double? OffsetMs { get; init; }

    /// <summary>How far the offset may be off if the two ways take differently long: half the fastest round trip.</summary>
    public double? OffsetUncertaintyMs { get; init; }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Reflector}{(Authenticated ? ", authenticated" : "")}{(Dscp is { } dscp ? $", DSCP {dscp}" : "")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  sent        {Sent}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  received    {Received}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lost        {Lost}  (there {Of(LostThere)}, back {Of(LostBack)})"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  reordered   {Reordered}   duplicates {Duplicates}   strays {Strays}"));
        output.WriteLine($"  round trip  p50 {Of(RttMs.P50)} ms   p98 {Of(RttMs.P98)} ms   max {Of(RttMs.Max)} ms   min {Of(RttMs.Min)} ms");
        output.WriteLine($"  jitter      {Of(JitterMs)} ms   variation there {Of(VariationThereMs)} ms, back {Of(VariationBackMs)} ms");
        output.WriteLine($"  clock       reflector's less ours {Of(OffsetMs)} ms, true only to {Of(OffsetUncertaintyMs)} ms: on 5G the way up takes longer than the way down");
    }

    private static string Of(double? figure) => figure is { } known ? known.ToString("0.###", CultureInfo.InvariantCulture) : "unknown";
}
