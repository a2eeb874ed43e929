using FieldNet.Dashboard.Feed;
using FieldNet.Telemetry.Messages;
using FieldNet.Ward.Views;

namespace FieldNet.Dashboard.Stream;

/// <summary>A bed as it has been since tick <paramref name="ChangedAt"/>, translated once.</summary>
/// <param name="Waves">All its waveforms.</param>
/// <param name="Wall">Those that hang on the wall.</param>
internal sealed record TickBed(BedView View, BedDto Dto, WaveName[] Waves, WaveName[] Wall, long ChangedAt)
{
    /// <param name="site">The unit's own site, which its keys leave out.</param>
    /// <param name="least">Mode that it is shown in at least.</param>
    public static TickBed Of(BedView view, string site, long changedAt, DataMode least = DataMode.Real)
    {
        var place = view.Key.Length > view.Ward.Length + 1 + view.Bed.Length ? view.Key : $"{site}/{view.Key}";
        var dto = view.Mode < least ? view.ToDto() with { Mode = least.Word() } : view.ToDto();
        return new TickBed(view, dto, [.. view.Waves.Select(Name)], [.. WallWaves.Choose(view.Waves).Select(Name)], changedAt);

        WaveName Name(WaveView wave) => new($"{place}/{wave.Device}", wave.Signal.Id);
    }
}
