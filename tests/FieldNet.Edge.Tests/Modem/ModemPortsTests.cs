using FieldNet.Edge.Modem;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Modem;
using FieldNet.Telemetry.Wire;

namespace FieldNet.Edge.Tests.Modem;

/// <summary>The ways to a modem, each against what stands in its place here: a pseudo-terminal, and programs on the path.</summary>
public sealed class ModemPortsTests : IDisposable
{
    private const string Answer = "\r\n+QENG: \"servingcell\",\"NOCONN\",\"NR5G-SA\",\"TDD\",310,260,18666712F,335,794E00,516270,41,12,-75,-11,5,1,-\r\n\r\nOK\r\n";

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fieldnet-modem-");
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AskAsync_AnAtPort_GetsItsAnswerAndNoEchoOfItsOwn()
    {
        using var terminal = new PseudoTerminal();
        using var port = new ModemTerminal(terminal.Path, TimeProvider.System);
        for (var round = 0; round < 2; round++)
        {
            var asked = terminal.AnswerAsync(Answer);

            var report = Assert.Single(ModemText.Read(await port.AskAsync(Cancelled)));

            Assert.Equal("AT+QENG=\"servingcell\"\r", await asked);
            Assert.Equal((335u, -75.0), (report.Pci, report.RsrpDbm));
        }
    }

    [Fact]
    public async Task AskAsync_AnAtPortThatRefuses_SaysSo()
    {
        using var terminal = new PseudoTerminal();
        using var port = new ModemTerminal(terminal.Path, TimeProvider.System);
        _ = terminal.AnswerAsync("\r\n+CME ERROR: 10\r\n");

        Assert.Contains("+CME ERROR: 10", (await Assert.ThrowsAsync<ModemFaultException>(() => port.AskAsync(Cancelled))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_AnAtPortThatIsSilentOrAbsent_IsAFaultInTime()
    {
        using var terminal = new PseudoTerminal();
        using var silent = new ModemTerminal(terminal.Path, TimeProvider.System);
        using var absent = new ModemTerminal("/dev/fieldnet-no-such-port", TimeProvider.System);

        Assert.Contains("does not answer", (await Assert.ThrowsAsync<ModemFaultException>(() => silent.AskAsync(Cancelled))).Message, StringComparison.Ordinal);
        Assert.Contains("stty", (await Assert.ThrowsAsync<ModemFaultException>(() => absent.AskAsync(Cancelled))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_Mmcli_PutsItsAnswersTogether()
    {
        Program("mmcli", """
            echo "$*" >> "$(dirname "$0")/asked"
            case "$*" in
              "-m 3 -K") printf '%s\n' 'modem.generic.state : connected' 'modem.generic.access-technologies.value[1] : 5gnr' 'modem.3gpp.registration-state : home' \
                 'modem.generic.sim : /org/freedesktop/ModemManager1/SIM/0' 'modem.generic.bearers.value[1] : /B/1' 'modem.generic.bearers.value[2] : /B/0' ;;
              *--signal-get*) echo 'modem.signal.5g.rsrp : -84.00' ;;
              *--get-cell-info*) echo 'error: unsupported' >&2; exit 1 ;;
              *--location-get*) printf '%s\n' 'modem.location.3gpp.tac : 0000C8' 'modem.location.3gpp.cid : 0066C001' ;;
              "-b /B/1 -K") printf '%s\n' 'bearer.status.connected : yes' 'bearer.ipv4-config.address : 10.45.0.7' ;;
              "-b /B/0 -K") printf '%s\n' 'bearer.status.connected : no' 'bearer.ipv4-config.address : 10.9.9.9' ;;
              "-i "*) echo 'sim.properties.iccid : 8988211000000000001' ;;
            esac
            """);
        using var port = ModemPorts.Open("mmcli:3", TimeProvider.System);

        var first = Assert.Single(ModemText.Read(await port.AskAsync(Cancelled)));
        await port.AskAsync(Cancelled);

        Assert.Equal(
            new LinkReport { Registration = LinkReport.Types.Registration.Connected, Rat = "NR_SA", RsrpDbm = -84, Tac = 200, NrCellId = 0x66C001, Ip = "10.45.0.7", Iccid = "8988211000000000001" },
            first);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "asked"), Cancelled), asked => asked == "-m 3 --signal-setup=1");
    }

    [Fact]
    public async Task AskAsync_Qmicli_AsksForSignalAndRegistration()
    {
        Program("qmicli", """
            case "$*" in
              "-d /dev/cdc-wdm0 -p --nas-get-signal-info") printf "[/dev/cdc-wdm0] Successfully got signal info\n5G:\n\tRSRP: '-74 dBm'\n\tSNR: '16.5 dB'\n\tRSRQ: '-11 dB'\n" ;;
              *) printf "[/dev/cdc-wdm0] Successfully got serving system:\n\tRegistration state: 'registered'\n" ;;
            esac
            """);
        using var port = ModemPorts.Open("qmicli", TimeProvider.System);

        Assert.Equal(
            new LinkReport { Registration = LinkReport.Types.Registration.Registered, Rat = "NR_SA", RsrpDbm = -74, RsrqDb = -11, SinrDb = 16.5 },
            Assert.Single(ModemText.Read(await port.AskAsync(Cancelled))));
    }

    [Fact]
    public async Task AskAsync_AProgramThatFails_IsAFaultInItsWords()
    {
        Program("mmcli", "echo \"error: couldn't find modem\" >&2\nexit 1");
        using var port = ModemPorts.Open("mmcli", TimeProvider.System);

        Assert.Equal("mmcli: error: couldn't find modem", (await Assert.ThrowsAsync<ModemFaultException>(() => port.AskAsync(Cancelled))).Message);
    }

    [Theory]
    [InlineData("serial:/dev/ttyUSB2")]
    [InlineData("qeng:")]
    [InlineData("file:/no/such/file")]
    [InlineData("")]
    public void Open_NoWay_IsRefused(string from) => Assert.Throws<BadArgumentException>(() => ModemPorts.Open(from, TimeProvider.System));

    /// <summary>A program of that name, first on the path.</summary>
    private void Program(string name, string script)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment.SetEnvironmentVariable("PATH", $"{_folder.FullName}:{_path}");
    }
}
