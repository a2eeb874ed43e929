using FieldNet.Detection.Identity;

namespace FieldNet.LoadBench.Figures;

/// <summary>Three gateways with like traffic on one cell: how well one terminal's uplink volume fits each of them as time goes on.</summary>
internal sealed class IdentityJoinFigure : IFigure
{
    private const int Gateways = 3, Seconds = 60;

    public string Name => "identity-join";

    public Plot Draw()
    {
        var noise = new SeededNoise(2);
        var gateways = Enumerable.Range(0, Gateways).Select(_ => new VolumeSeries()).ToArray();
        var terminal = new VolumeSeries();
        var scores = Enumerable.Range(0, Gateways).Select(_ => new List<(double X, double Y)>()).ToArray();
        for (var second = 1; second <= Seconds; second++)
        {
            for (var i = 0; i < Gateways; i++)
            {
                // ECG and vitals at a steady pace; what differs is when a status, an alarm or a cuff's reading comes.
                var bits = 62_000 + (1_500 * noise.Normal()) + (noise.Uniform() < 0.15 ? 9_000 : 0);
                gateways[i].Add(bits);
                if (i == 0)
                {
                    terminal.Add((1.12 * bits) + (1_500 * noise.Normal()));
                }
            }

            for (var i = 0; i < Gateways; i++)
            {
                scores[i].Add((second, TerminalMatch.Score(0, 0, terminal, gateways[i])));
            }
        }

        var plot = new Plot("Which gateway is this RNTI: volumes that rise and fall together tell", "second (one report of the gNB each)");
        plot.Panel("score", 200).From(0, 0.7).Line("its gateway", Ink.Baseline, scores[0]).Line("another", Ink.Data, scores[1]).Line("a third", Ink.Second, scores[2])
            .Level("enough", Ink.Threshold, TerminalMatch.Enough);
        return plot;
    }
}
