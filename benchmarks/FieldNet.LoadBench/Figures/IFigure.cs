namespace FieldNet.LoadBench.Figures;

/// <summary>One figure of the documents, drawn from a run: the run is made when it is drawn.</summary>
/// <remarks>Always the same drawing: seeded series, no clock. Listed in <see cref="FigureBench.All"/>.</remarks>
internal interface IFigure
{
    /// <summary>The file's name, without its extension.</summary>
    string Name { get; }

    Plot Draw();
}
