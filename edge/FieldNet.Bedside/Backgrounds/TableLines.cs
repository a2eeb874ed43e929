namespace FieldNet.Bedside.Backgrounds;

/// <summary>Gathers the lines of a table of round trips: the header's names say what the columns are, whatever their order and units in brackets.</summary>
internal sealed class TableLines
{
    private static readonly char[] Separators = [' ', '\t', ',', ';'];

    private readonly List<DelaySample> _samples = [];
    private int _sent = -1, _received = -1, _delay = -1, _rsrp = -1, _sinr = -1, _columns;
    private int _lost;

    public void Take(string line)
    {
        string[] fields = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length < 2 || TakeHeader(fields) || _sent < 0 || fields.Length < _columns)
        {
            return;
        }
        if (Field(fields, _sent) is not { } sentMs)
        {
            return;
        }
        double? delay = Field(fields, _delay) ?? Field(fields, _received) - sentMs;
        if (delay is > 0)
        {
            _samples.Add(new((long)(sentMs * 1000), delay.Value) { RsrpDbm = Field(fields, _rsrp) ?? double.NaN, SinrDb = Field(fields, _sinr) ?? double.NaN });
        }
        else
        {
            _lost++;
        }
    }

    public (List<DelaySample> Samples, int Lost) Samples() => ([.. _samples.OrderBy(sample => sample.AtUs)], _lost);

    private bool TakeHeader(string[] fields)
    {
        string[] names = [.. fields.Select(field => field.Split('(')[0].ToLowerInvariant())];
        int sent = Array.IndexOf(names, "pub_time");
        if (sent < 0)
        {
            return false;
        }
        (_sent, _received, _delay) = (sent, Array.IndexOf(names, "sub_time"), Array.IndexOf(names, "delay"));
        (_rsrp, _sinr) = (Array.IndexOf(names, "rsrp"), Array.IndexOf(names, "sinr"));
        _columns = Math.Max(_sent, Math.Max(_received, _delay)) + 1;
        return true;
    }

    private static double? Field(string[] fields, int column) =>
        column >= 0 && column < fields.Length && DelayTraceReader.TryNumber(fields[column], out double number) ? number : null;
}
