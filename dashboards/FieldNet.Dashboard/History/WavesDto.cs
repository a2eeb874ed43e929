namespace FieldNet.Dashboard.History;

/// <summary>Answer of <c>/api/history/waves</c>.</summary>
/// <param name="Unit">UCUM.</param>
/// <param name="Thinned">A point stands for several samples: <see cref="WavePieceDto.Min"/> and <see cref="WavePieceDto.Max"/> differ.</param>
/// <param name="Pieces">Without a gap inside; in order of time, and nothing between them.</param>
public sealed record WavesDto(
    string Bed, string Device, string Signal, string Unit, long FromMs, long ToMs, bool Thinned, IReadOnlyList<WavePieceDto> Pieces);
