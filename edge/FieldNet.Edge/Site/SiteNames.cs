namespace FieldNet.Edge.Site;

/// <summary>How things of a site may be called: the grammar of topics, and 3GPP's.</summary>
internal static class SiteNames
{
    /// <summary>One level of a topic: a letter or digit, then up to 63 of those, <c>-</c> and <c>_</c>.</summary>
    public static bool IsSegment(string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary><c>bed/device</c>.</summary>
    public static bool IsDevice(string name) => name.Split('/') is [var bed, var device] && IsSegment(bed) && IsSegment(device);

    /// <summary><c>ward/bed/device</c>, or <c>ward/_ward/device</c> for one that serves several beds.</summary>
    public static bool IsGateway(string name) => name.Split('/') is [var ward, var bed, var device] && IsSegment(ward) && (bed == "_ward" || IsSegment(bed)) && IsSegment(device);

    /// <summary><c>site/ward/bed/device</c>, likewise.</summary>
    public static bool IsGatewayOfSite(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && IsSegment(name[..slash]) && IsGateway(name[(slash + 1)..]);

    /// <summary><c>SST</c> or <c>SST-SD</c> (3GPP TS 23.003 section 28.4.2).</summary>
    public static bool IsSlice(string name) => name.Split('-', 2) is [var sst, .. var rest]
        && byte.TryParse(sst, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)
        && rest is [] or [{ Length: 6 }] && rest.All(sd => sd.All(char.IsAsciiHexDigit));

    /// <summary><c>imsi-001010000000001</c> and its like (3GPP TS 29.571).</summary>
    public static bool IsSupi(string name) =>
        name.Split('-', 2) is ["imsi" or "nai" or "gci" or "gli", { Length: > 0 and <= 64 } identity] && identity.All(letter => letter is > ' ' and <= '~');
}
