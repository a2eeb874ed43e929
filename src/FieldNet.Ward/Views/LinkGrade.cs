namespace FieldNet.Ward.Views;

/// <summary>Quality of a bed's link. Public: <c>data-link</c> of the page, in lower case.</summary>
/// <remarks>Source: TeleICU grades, delay under 100, 200, 500 ms (docs/architecture.md). Unknown is never good.</remarks>
public enum LinkGrade : byte
{
    Unknown = 0,
    Good,
    Fair,
    Poor,
    Lost,
}
