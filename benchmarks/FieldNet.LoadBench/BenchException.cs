namespace FieldNet.LoadBench;

/// <summary>The bench can't be run here; the message is one sentence that says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
