using System.Text.RegularExpressions;

namespace FieldNet.Dashboard.Stream;

/// <summary>The page's name for a bed, <c>ward/bed</c>, or <c>site/ward/bed</c> of another site; segments as in the contract's topics.</summary>
internal static partial class BedName
{
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"\A([A-Za-z0-9][A-Za-z0-9_-]{0,63}/){1,2}[A-Za-z0-9_][A-Za-z0-9_-]{0,63}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
