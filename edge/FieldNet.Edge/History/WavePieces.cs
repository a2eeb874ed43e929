using FieldNet.Dashboard.History;

namespace FieldNet.Edge.History;

/// <summary>Joins chunks to unbroken pieces of a span, and thins them out to what a screen can show.</summary>
internal static class WavePieces
{
    /// <summary>What the stamps of one trace may be out of step without a gap.</summary>
    private const double JitterUs = 50_000;

    /// <param name="chunks">In any order; where two are for one time, the first to come counts.</param>
    public static (List<WavePieceDto> Pieces, bool Thinned) Of(IEnumerable<WaveChunkCopy> chunks, double fromUs, double toUs, int points)
    {
        var joined = Join([.. chunks.OrderBy(chunk => chunk.StartUs)], fromUs, toUs);
        var step = Math.Max(1, (joined.Sum(piece => piece.Samples.Count) + points - 1) / points);
        return ([.. joined.Where(piece => piece.Samples.Count > 0).Select(piece => Thin(piece, step))], step > 1);
    }

    /// <summary>Whether nothing of the span is missing.</summary>
    public static bool Cover(IEnumerable<WaveChunkCopy> chunks, double fromUs, double toUs)
    {
        var untilUs = fromUs;
        foreach (var chunk in chunks.OrderBy(chunk => chunk.StartUs))
        {
            if (chunk.StartUs > untilUs + JitterUs)
            {
                return false;
            }

            untilUs = Math.Max(untilUs, chunk.EndUs);
        }

        return untilUs + JitterUs >= toUs;
    }

    private static List<Piece> Join(List<WaveChunkCopy> chunks, double fromUs, double toUs)
    {
        var pieces = new List<Piece>();
        var endUs = double.NegativeInfinity;
        foreach (var chunk in chunks)
        {
            if (chunk.EndUs <= endUs + JitterUs)
            {
                // There already: sent twice, or by a gateway beside its monitor.
                continue;
            }

            var follows = Math.Abs(chunk.StartUs - endUs) <= JitterUs && pieces[^1] is var last && last.PeriodUs == chunk.PeriodUs && last.IsLate == chunk.IsLate;
            var startUs = follows ? endUs : Math.Max(chunk.StartUs, endUs);
            if (!follows)
            {
                pieces.Add(new Piece(startUs, chunk.PeriodUs, chunk.IsLate, []));
            }

            // What overlaps with the piece before is left out; so is what is not asked for.
            var skip = follows ? 0 : (int)Math.Round((startUs - chunk.StartUs) / chunk.PeriodUs);
            pieces[^1].Samples.AddRange(chunk.Samples[Math.Min(skip, chunk.Samples.Length)..]);
            endUs = pieces[^1].EndUs;
        }

        return [.. pieces.Select(piece => piece.Within(fromUs, toUs))];
    }

    private static WavePieceDto Thin(Piece piece, int step)
    {
        if (step == 1)
        {
            return new WavePieceDto(piece.StartUs / 1000, piece.PeriodUs / 1000, piece.IsLate, piece.Samples, piece.Samples);
        }

        var (min, max) = (new List<float?>(), new List<float?>());
        foreach (var samples in piece.Samples.Chunk(step))
        {
            min.Add(samples.Min());
            max.Add(samples.Max());
        }

        return new WavePieceDto(piece.StartUs / 1000, piece.PeriodUs * step / 1000, piece.IsLate, min, max);
    }

    private sealed record Piece(double StartUs, double PeriodUs, bool IsLate, List<float?> Samples)
    {
        public double EndUs => StartUs + (PeriodUs * Samples.Count);

        public Piece Within(double fromUs, double toUs)
        {
            var first = (int)Math.Clamp(Math.Ceiling((fromUs - StartUs) / PeriodUs), 0, Samples.Count);
            var last = (int)Math.Clamp(Math.Ceiling((toUs - StartUs) / PeriodUs), first, Samples.Count);
            return this with { StartUs = StartUs + (first * PeriodUs), Samples = Samples[first..last] };
        }
    }
}
