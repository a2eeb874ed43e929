using System.Net;

namespace FieldNet.Edge.Verbs;

/// <summary>Reads <c>ADDR:PORT</c>.</summary>
internal static class ListenAddress
{
    /// <returns>Null when it is none.</returns>
    public static IPEndPoint? Parse(string text) =>
        // .NET takes a bare number for an address of four bytes.
        text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var address) ? address : null;
}
