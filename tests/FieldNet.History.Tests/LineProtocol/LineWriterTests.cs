using System.Text;
using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class LineWriterTests
{
    private static readonly Measurement Odd = new("my, m=x", ["a b", "c=d"], [new("value", FieldType.Float)]);

    [Theory]
    [InlineData(97, "97.0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e300, "1E+300")]
    [InlineData(1.1e-7, "1.1E-07")]
    [InlineData(0, "0.0")]
    public void Float_OfAnyNumber_LooksLikeAFloat(double value, string written) =>
        Assert.Equal($"numeric,bed=b value={written} 7\n", Line(writer => writer.Float("value"u8, value)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void End_WithoutAnyFiniteField_WritesNothing(double value) => Assert.Equal("", Line(writer => writer.Float("value"u8, value)));

    [Fact]
    public void End_OfSeveralFields_SeparatesThemByCommas() =>
        Assert.Equal("numeric,bed=b value=1.5,late=1i,id=\"x\" 7\n", Line(writer =>
        {
            writer.Float("value"u8, 1.5);
            writer.Float("other"u8, double.NaN);
            writer.Integer("late"u8, 1);
            writer.Text("id"u8, "x");
            writer.Text("empty"u8, "");
        }));

    [Fact]
    public void Text_WithQuotesBackslashesAndLineFeeds_StaysOneLine() =>
        Assert.Equal("""numeric,bed=b id="a\"b\\c d,=é" 7""" + "\n", Line(writer => writer.Text("id"u8, "a\"b\\c\nd,=é")));

    [Fact]
    public void Head_WithSpecialCharacters_EscapesThemByTheirPlace() =>
        Assert.Equal(@"my\,\ m=x,a\ b=v\ 1\,2\=3,c\=d=é_", Encoding.UTF8.GetString(LineWriter.Head(Odd, "v 1,2=3", "é\\")));

    [Fact]
    public void Head_WithAnEmptyTag_LeavesItOut() => Assert.Equal(@"my\,\ m=x,c\=d=x_y", Encoding.UTF8.GetString(LineWriter.Head(Odd, "", "x\ny")));

    private static string Line(Action<LineWriter> fields)
    {
        var batch = new LineBatch();
        var writer = new LineWriter(batch);
        writer.Begin("numeric,bed=b"u8);
        fields(writer);
        var written = writer.End(7);

        Assert.Equal(written ? 1 : 0, batch.Count);
        return written ? Encoding.UTF8.GetString(batch.Lines(0, 1).Span) : "";
    }
}
