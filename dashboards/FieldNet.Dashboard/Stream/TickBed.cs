using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>A bed as it has been since tick <paramref name="ChangedAt"/>, translated once.</summary>
/// <param name="Wall">The waveforms that hang on the wall.</param>
internal sealed record TickBed(BedView View, BedDto Dto, WaveView[] Wall, long ChangedAt)
{
    public static TickBed Of(BedView view, long changedAt) => new(view, view.ToDto(), WallWaves.Choose(view), changedAt);
}
