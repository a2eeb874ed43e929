using FieldNet.Detection.Radio;

namespace FieldNet.LoadBench.Figures;

/// <summary>A gateway on its battery, and how long it says that this lasts.</summary>
internal sealed class PowerFigure : IFigure
{
    private const int Begin = 300, End = 2_700, Seconds = 3_000;

    public string Name => "power";

    public Plot Draw()
    {
        var (power, found) = (default(PowerSupply), new List<(double X, double Y)>());
        List<(double X, double Y)> percent = [], minutes = [], truth = [];
        for (var second = 1; second < Seconds; second += 5)
        {
            var onMains = second is < Begin or >= End;
            var charge = onMains && second < Begin ? 100 : Math.Round(100 - ((Math.Min(second, End) - Begin) / 36.0));
            if (power.Observe(onMains, charge, second * 1_000_000L))
            {
                found.Add((second, charge));
            }

            percent.Add((second, charge));
            minutes.Add((second, power.MinutesLeft ?? double.NaN));
            truth.Add((second, onMains ? double.NaN : (100 - ((second - Begin) / 36.0)) * 36 / 60));
        }

        var plot = new Plot("Power: off mains is found within seconds; the battery's slope says how long it lasts", "second").Span(Begin, End, "off mains");
        plot.Panel("battery, %", 110).From(0, 125).Line("reported", Ink.Data, percent).Rings("found, over", Ink.Alarm, found);
        plot.Panel("minutes left", 130).Line("said", Ink.Second, minutes).Line("true", Ink.Baseline, truth);
        return plot;
    }
}
