namespace FieldNet.Dashboard.Health;

/// <summary>A part of the agent that can say what ails it; register as many as there are.</summary>
/// <remarks>Threading: any thread; must not block.</remarks>
public interface IHealthSource
{
    /// <summary>What it is: <c>processor</c>, <c>log</c>.</summary>
    string Name { get; }

    /// <summary>A sentence for each ailment; empty when well.</summary>
    IReadOnlyList<string> Reasons { get; }
}
