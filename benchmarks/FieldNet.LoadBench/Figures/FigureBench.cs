namespace FieldNet.LoadBench.Figures;

/// <summary><c>bench figures</c>: draws the documents' figures anew, each from a run of what it shows.</summary>
internal static class FigureBench
{
    public const string Verb = "figures";

    /// <summary>To add a figure: one small class, and its line here.</summary>
    public static readonly IReadOnlyList<IFigure> All =
    [
        new SpikeFigure(),
        new ShiftFigure(),
        new SeriesFigure(),
        new RadioWeakFigure(),
        new UplinkLimitedFigure(),
        new PingPongFigure(),
        new CongestionFigure(),
        new UnregisteredFigure(),
        new PowerFigure(),
        new AvailabilityFigure(),
        new IdentityJoinFigure(),
        new SilenceFigure(),
        new LatencyFigure(),
        new JitterFigure(),
        new LossFigure(),
        new RareEventFigure(),
        new BurstFigure(),
        new FlappingFigure(),
        new ClockFigure(),
        new IncidentFigure(),
    ];

    /// <returns>The exit code.</returns>
    public static int Run(string folder, string? only)
    {
        Directory.CreateDirectory(folder);
        foreach (var figure in All)
        {
            if (only is null || only == figure.Name)
            {
                var path = Path.Combine(folder, figure.Name + ".svg");
                File.WriteAllText(path, figure.Draw().ToSvg());
                Console.WriteLine(path);
            }
        }

        return 0;
    }
}
