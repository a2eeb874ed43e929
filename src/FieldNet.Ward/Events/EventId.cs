using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FieldNet.Ward.Events;

/// <summary>Makes the id of an episode from what it is about, so that a recomputed episode has the same id.</summary>
public static class EventId
{
    /// <param name="detail">Tells apart episodes of one subject and kind that begin together (an alarm's own id), or empty.</param>
    public static string Of(string subject, string what, long onsetUs, string detail = "")
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{subject}\n{what}\n{onsetUs}\n{detail}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
