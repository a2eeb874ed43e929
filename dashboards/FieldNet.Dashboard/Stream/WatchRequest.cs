namespace FieldNet.Dashboard.Stream;

/// <summary>What a viewer asks of the stream.</summary>
/// <param name="Bed">Null: the wall (two waveforms a bed). <c>icu1/bed-03</c>: that bed with all its waveforms; tiles of all beds all the same.</param>
/// <param name="Network">The network page: its content about once a second, and no waveforms but those of <paramref name="Bed"/>.</param>
public sealed record WatchRequest(string? Bed, bool Network = false);
