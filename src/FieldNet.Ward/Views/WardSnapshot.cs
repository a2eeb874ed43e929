namespace FieldNet.Ward.Views;

/// <summary>The whole unit at one record.</summary>
/// <param name="Record">Number of the last record applied.</param>
/// <param name="LogTimeUs">Its log time.</param>
/// <param name="Site">Name of the site; empty until the first device spoke.</param>
/// <param name="Beds">By <see cref="BedView.Index"/>.</param>
/// <param name="HeardUs">Log time of the last message of each bed, parallel to <paramref name="Beds"/>; apart because it always changes.</param>
public sealed record WardSnapshot(long Record, long LogTimeUs, string Site, IReadOnlyList<BedView> Beds, IReadOnlyList<long> HeardUs)
{
    public static readonly WardSnapshot Empty = new(0, 0, "", [], []);
}
