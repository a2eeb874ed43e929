using System.Text.RegularExpressions;
using FieldNet.Edge.Network;
using FieldNet.Edge.Verbs;
using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Site;

/// <summary>The entries <c>network.probes</c> and <c>network.reflector</c> of a site file.</summary>
internal static partial class ProbeSection
{
    public static readonly string[] ProbeKeys = ["name", "target", "host", "port", "every_ms", "dscp", "key_file"];
    public static readonly string[] ReflectorKeys = ["listen", "key_file", "stateless"];

    public static ProbeOptions Probe(YamlSection probe)
    {
        var (name, target, host) = (probe.Required("name"), probe.Required("target"), probe.Required("host"));
        return new ProbeOptions
        {
            Name = name,
            Target = TargetName().IsMatch(target) ? target : throw probe.WrongAt("target", $"probes.target is ward/bed/device of a gateway, core or backhaul; '{target}' is none"),
            Host = Uri.CheckHostName(host) != UriHostNameType.Unknown ? host : throw probe.WrongAt("host", $"probes.host is a name or an address; '{host}' is none"),
            Port = (int)(probe.Whole("port", 1, 65_535) ?? StampSenderOptions.PresetPort),
            Every = TimeSpan.FromMilliseconds(probe.Number("every_ms", 10, 10_000) ?? 100),
            Dscp = (int?)probe.Whole("dscp", 0, 63),
            Key = KeyFile.Read(probe.Text("key_file") is { } file ? probe.Beside(file) : null),
        };
    }

    public static ReflectorOptions Reflector(YamlSection reflector)
    {
        var listen = reflector.Required("listen");
        return new ReflectorOptions(
            ListenAddress.Parse(listen) ?? throw reflector.WrongAt("listen", $"reflector.listen is an address and a port, such as 0.0.0.0:862; '{listen}' is none"),
            KeyFile.Read(reflector.Text("key_file") is { } file ? reflector.Beside(file) : null),
            reflector.Checked("stateless", text => text is "true" or "false", "true or false") == "true");
    }

    [GeneratedRegex("^(core|backhaul|[A-Za-z0-9][A-Za-z0-9_-]{0,63}/(_ward|[A-Za-z0-9][A-Za-z0-9_-]{0,63})/[A-Za-z0-9][A-Za-z0-9_-]{0,63})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TargetName();
}
