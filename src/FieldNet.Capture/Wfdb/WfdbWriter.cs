using System.Globalization;
using System.Text;

namespace FieldNet.Capture.Wfdb;

/// <summary>Writes a WFDB record, frame after frame: signal files first, and the header with their sums once they are whole.</summary>
/// <remarks>
/// Shape: signals that name the same <see cref="WfdbSignal.File"/> stand together and share a format: 16, 24, 32, 61, 80, 160, 212, 310 or 311.
/// A missing sample is the format's own. Lifetime: without <see cref="Complete"/> there is no header, so no record. Threading: one thread.
/// Source: WFDB Applications Guide, header(5) and signal(5).
/// </remarks>
public sealed class WfdbWriter : IDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly double _framesPerSecond;
    private readonly DateTimeOffset? _start;
    private readonly WfdbSignal[] _signals;
    private readonly int[] _sums;
    private readonly int?[] _first;
    private readonly List<(PackedFile File, int Signals)> _files = [];
    private long _frames;

    /// <param name="name">Letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="signals">Their initial value and checksum are not looked at.</param>
    /// <param name="start">When frame 0 was recorded; to the millisecond.</param>
    /// <exception cref="ArgumentException">What the format can't hold.</exception>
    /// <exception cref="IOException">A file can't be made.</exception>
    public WfdbWriter(string folder, string name, double framesPerSecond, IReadOnlyList<WfdbSignal> signals, DateTimeOffset? start = null)
    {
        (_folder, _name, _framesPerSecond, _start, _signals) = (folder, name, framesPerSecond, start, [.. signals]);
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
        {
            throw new ArgumentException($"'{name}' is no name of a record.", nameof(name));
        }
        (_sums, _first) = (new int[_signals.Length], new int?[_signals.Length]);
        foreach (var signal in _signals)
        {
            if (!WfdbSampleFormat.IsPacked(signal.Format) || signal.Format == 8)
            {
                throw new ArgumentException($"Format {signal.Format} is not written.", nameof(signals));
            }
            if (_files.Count > 0 && _files[^1].File.Name == signal.File && _files[^1].File.Format == signal.Format)
            {
                _files[^1] = (_files[^1].File, _files[^1].Signals + 1);
            }
            else
            {
                _files.Add((new(folder, signal.File, signal.Format), 1));
            }
        }
    }

    /// <summary>Writes whole frames: of each frame all signals in order, of each signal its samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value that the signal's format can't hold.</exception>
    public void Write(ReadOnlySpan<int> frames)
    {
        for (int at = 0; at < frames.Length; _frames++)
        {
            int signal = 0;
            foreach (var (file, signals) in _files)
            {
                for (int end = signal + signals; signal < end; signal++)
                {
                    var samples = frames.Slice(at, _signals[signal].SamplesPerFrame);
                    Count(signal, samples);
                    file.Add(samples);
                    at += samples.Length;
                }
            }
        }
    }

    /// <summary>Flushes the signal files, then writes the header.</summary>
    /// <exception cref="IOException">The disk takes no more.</exception>
    public void Complete(IEnumerable<string>? comments = null)
    {
        _files.ForEach(f => f.File.Flush());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_name} {_signals.Length} {_framesPerSecond:R} {_frames}");
        text.Append(_start is { } start ? $" {WfdbBaseTime.Format(start)}\n" : "\n");
        for (int i = 0; i < _signals.Length; i++)
        {
            text.Append(Line(_signals[i], _first[i] ?? 0, unchecked((short)_sums[i])));
        }
        foreach (string comment in comments ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"# {OneLine(comment)}\n");
        }
        File.WriteAllText(Path.Combine(_folder, _name + ".hea"), text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public void Dispose() => _files.ForEach(f => f.File.Dispose());

    private void Count(int signal, ReadOnlySpan<int> samples)
    {
        var (least, most) = WfdbSampleFormat.Range(_signals[signal].Format);
        foreach (int value in samples)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(nameof(samples), value, $"Format {_signals[signal].Format} holds {least} to {most}.");
            }
            _first[signal] ??= value;
            _sums[signal] = unchecked(_sums[signal] + value);
        }
    }

    private static string Line(WfdbSignal signal, int first, short sum)
    {
        string perFrame = signal.SamplesPerFrame > 1 ? string.Create(CultureInfo.InvariantCulture, $"x{signal.SamplesPerFrame}") : "";
        // Blanks end a field; an absent unit would mean mV.
        string unit = signal.Unit.Length > 0 ? string.Concat(signal.Unit.Select(c => char.IsWhiteSpace(c) ? '_' : c)) : "NU";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{signal.File} {signal.Format}{perFrame} {signal.Gain:R}({signal.Baseline})/{unit} {signal.ResolutionBits} {signal.AdcZero} {first} {sum} 0 {OneLine(signal.Description)}\n");
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
