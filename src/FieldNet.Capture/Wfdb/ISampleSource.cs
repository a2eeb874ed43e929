namespace FieldNet.Capture.Wfdb;

/// <summary>The digital values of one signal file, in the order of its frames.</summary>
internal interface ISampleSource : IDisposable
{
    /// <summary>What keeps the rest from being read; null while nothing does.</summary>
    string? Damage { get; }

    /// <summary>Reads on.</summary>
    /// <param name="frames">Room for whole frames.</param>
    /// <returns>How many values were read: a whole number of frames, less than asked for only at the end.</returns>
    int Read(Span<int> frames);
}
