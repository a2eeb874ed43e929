using System.Globalization;
using System.Text;
using FieldNet.Ward.Events;

namespace FieldNet.Edge.Export;

/// <summary>Writes comma-separated values, field by field.</summary>
/// <remarks>Shape: RFC 4180, UTF-8, a heading line; numbers with a point and as many digits as they have.</remarks>
internal sealed class CsvFile : IDisposable
{
    private readonly StreamWriter _text;
    private bool _inRow;

    public CsvFile(string path, string heading)
    {
        Path = path;
        _text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16) { NewLine = "\r\n" };
        _text.WriteLine(heading);
    }

    public string Path { get; }

    public long Rows { get; private set; }

    public CsvFile Time(long us) => Plain(EventJson.Iso(us));

    /// <param name="digits"><c>R</c>: so many that the number reads back as it was; <c>G12</c>: no more than twelve.</param>
    public CsvFile Field(double number, string digits = "R") => Plain(number.ToString(digits, CultureInfo.InvariantCulture));

    public CsvFile Field(string text) =>
        Plain(text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);

    public void End()
    {
        _text.WriteLine();
        _inRow = false;
        Rows++;
    }

    public void Dispose() => _text.Dispose();

    private CsvFile Plain(string text)
    {
        Separate();
        _text.Write(text);
        return this;
    }

    private void Separate()
    {
        if (_inRow)
        {
            _text.Write(',');
        }

        _inRow = true;
    }
}
