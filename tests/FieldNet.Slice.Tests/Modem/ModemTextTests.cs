using FieldNet.Slice.Modem;
using FieldNet.Telemetry.Wire;
using FieldNet.TestKit;
using Registration = FieldNet.Telemetry.Wire.LinkReport.Types.Registration;

namespace FieldNet.Slice.Tests.Modem;

public sealed class ModemTextTests
{
    [Fact]
    public void Read_ARealRm520n_IsInItsCell()
    {
        // The last two fields of this firmware are the other way round than in the manual's line below; neither is read.
        Assert.Equal(
            new LinkReport { Registration = Registration.Registered, Rat = "NR_SA", NrCellId = 0x18666712F, Pci = 335, Tac = 0x794E00, Arfcn = 516270, Band = 41, RsrpDbm = -75, RsrqDb = -11, SinrDb = 5 },
            Assert.Single(Recorded("real_rm520n_tmobile_n41.txt")));
    }

    [Fact]
    public void Read_TheManualsLines_AreOneReadingForEachAnswer()
    {
        Assert.Equal(
            [
                new LinkReport { Registration = Registration.Registered, Rat = "LTE", Pci = 12, Arfcn = 1650, Band = 3, Tac = 0xDE10, RsrpDbm = -100, RsrqDb = -12 },
                new LinkReport { Registration = Registration.Registered, Rat = "NR_NSA", Pci = 747, Arfcn = 627264, Band = 78, Tac = 0xDE10, RsrpDbm = -71, RsrqDb = -11, SinrDb = 33 },
                new LinkReport { Registration = Registration.Registered, Rat = "NR_SA", NrCellId = 0x19013B004, Pci = 299, Tac = 0x690E0F, Arfcn = 633984, Band = 78, RsrpDbm = -107, RsrqDb = -13, SinrDb = 2 },
            ],
            Recorded("vendor_manual_rg5xxq.txt"));
    }

    [Fact]
    public void Read_ARealQmicliInDualConnectivity_SaysTheSignalOf5G()
    {
        Assert.Equal(new LinkReport { Rat = "NR_NSA", RsrpDbm = -74, RsrqDb = -11, SinrDb = 16.5 }, Assert.Single(Recorded("real_qmicli_fn980m_endc.txt")));
    }

    [Theory]
    [InlineData("+QENG: \"servingcell\",\"SEARCH\"", Registration.Searching)]
    [InlineData("+QENG: \"servingcell\",\"LIMSRV\",\"NR5G-SA\",\"TDD\",-,-,-,-,-,-,-,-,-32768,-,-,-,-\r\n", Registration.Limited)]
    [InlineData("+QENG: \"servingcell\",\"CONNECT\",\"NR5G-SA\"", Registration.Connected)]
    [InlineData("+QENG: \"servingcell\"", Registration.Unspecified)]
    public void Read_WhatTheModemDoesNotKnow_IsNotThere(string answer, Registration registration)
    {
        var report = Assert.Single(ModemText.Read(answer));

        Assert.Equal(new LinkReport { Registration = registration, Rat = report.Rat }, report);
    }

    [Theory]
    [InlineData("ERROR\r\n")]
    [InlineData("+CME ERROR: 10")]
    [InlineData("")]
    [InlineData("+QENG: \"neighbourcell intra\",\"LTE\",38950,276,-3,-88")]
    [InlineData("error: couldn't create client for the 'nas' service")]
    public void Read_NoAnswer_IsNone(string text) => Assert.Empty(ModemText.Read(text));

    [Fact]
    public void Read_ServingSystemOfQmicli_GivesTheRegistration()
    {
        const string Text = """
            [/dev/cdc-wdm0] Successfully got signal info
            5G:
            	RSRP: '-32768 dBm'
            	SNR: '-3276.8 dB'
            [/dev/cdc-wdm0] Successfully got serving system:
            	Registration state: 'not-registered-searching'
            """;

        Assert.Equal(new LinkReport { Rat = "NR_SA", Registration = Registration.Searching }, Assert.Single(ModemText.Read(Text)));
    }

    [Fact]
    public void Read_ModemManagersLines_AreReadWithTheirHexadecimals()
    {
        const string Text = """
            modem.generic.state                             : connected
            modem.generic.access-technologies.length        : 1
            modem.generic.access-technologies.value[1]      : 5gnr
            modem.3gpp.registration-state                   : home
            modem.signal.lte.rsrp                           : --
            modem.signal.5g.rsrq                            : -11.00
            modem.signal.5g.rsrp                            : -84.00
            modem.signal.5g.snr                             : 17.50
            modem.generic.cell-info.value[1]                : cell type: 5gnr, serving: yes, operator id: 00101, tac: 0000C8, ci: 000066C001, physical ci: 14F, nrarfcn: 627264, rsrp: -85.00, rsrq: -12.00
            modem.generic.cell-info.value[2]                : cell type: 5gnr, serving: no, physical ci: 1
            modem.location.3gpp.tac                         : 0000FF
            bearer.ipv4-config.address                      : 10.45.0.7
            sim.properties.iccid                            : 8988211000000000001
            """;

        Assert.Equal(
            new LinkReport { Registration = Registration.Connected, Rat = "NR_SA", Tac = 200, NrCellId = 0x66C001, Pci = 335, Arfcn = 627264, RsrpDbm = -84, RsrqDb = -11, SinrDb = 17.5, Ip = "10.45.0.7", Iccid = "8988211000000000001" },
            Assert.Single(ModemText.Read(Text)));
    }

    [Fact]
    public void Read_ModemManagersJson_IsReadAsItsLines()
    {
        const string Json = """{"modem":{"generic":{"state":"registered","access-technologies":["lte","5gnr"]},"3gpp":{"registration-state":"roaming"},"signal":{"5g":{"rsrp":"-90.00","rsrq":"--","snr":"-3276.80"},"lte":{"rsrp":"-100"}}}}""";

        Assert.Equal(new LinkReport { Registration = Registration.Registered, Rat = "NR_NSA", RsrpDbm = -90 }, Assert.Single(ModemText.Read(Json)));
    }

    private static IReadOnlyList<LinkReport> Recorded(string name)
    {
        var path = SharedData.Find($"metrics/{name}");
        Assert.SkipUnless(path is not null, SharedData.Absent);
        return ModemText.Read(File.ReadAllText(path));
    }
}
