using System.Globalization;
using System.Text.RegularExpressions;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Tests.Signals;

public sealed class ReferenceListTests
{
    public ReferenceListTests() => Assert.SkipUnless(ReferenceList.IsThere, "../shared/reference/mdc_codes.csv is not there");

    [Fact]
    public void Table_EveryRow_IsCoveredWithItsCodeUnitAndKind()
    {
        foreach (var row in ReferenceList.Rows())
        {
            var id = Regex.Match(row.Ids, "^MDC_[A-Z0-9_]+").Value;
            var signal = SignalTable.Find(id);

            Assert.NotNull(signal);
            Assert.True(signal.IsStandard, id);
            Assert.Equal(row.Code, (row.Partition * 65_536) + row.Term);
            Assert.Equal((row.Code, id), (signal.Code, signal.Id));
            Assert.Equal(KindOf(row.Kind), signal.Kind);

            // "1 or %" and "1 (unscaled)" leave a choice; every other cell is the unit.
            Assert.Contains(signal.Unit, row.Unit.Split(' '));
        }
    }

    [Fact]
    public void Table_EveryCodeAndNameInACompositeCell_IsCovered()
    {
        var codes = 0;
        foreach (var row in ReferenceList.Rows())
        {
            foreach (Match name in Regex.Matches(row.Ids, "MDC_[A-Z0-9_]+"))
            {
                Assert.True(SignalTable.Find(name.Value)?.IsStandard, name.Value);
            }

            foreach (Match code in Regex.Matches(row.Ids + row.Label, "[0-9]{5,6}"))
            {
                Assert.NotNull(SignalTable.Find(uint.Parse(code.Value, CultureInfo.InvariantCulture)));
                codes++;
            }
        }

        Assert.InRange(codes, 20, 60);
    }

    private static SignalKind KindOf(string kind) => kind switch
    {
        "num" => SignalKind.Numeric,
        "wave" => SignalKind.Wave,
        "vent" => SignalKind.Ventilator,
        "pump" => SignalKind.Pump,
        "dev" => SignalKind.Device,
        _ => SignalKind.Unknown,
    };
}
