using System.Security.Cryptography;
using System.Text;

namespace FieldNet.Edge.Cuts;

/// <summary>Puts a made-up name in the place of a real one: the same for the same name within one cut, another in the next.</summary>
/// <remarks>Irreversible: a keyed hash (HMAC-SHA-256) whose random key is in memory only and gone with this object.</remarks>
internal sealed class Pseudonyms
{
    private const int Bytes = 5;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<(string Kind, string Name), string> _known = [];

    /// <param name="kind">Begins the pseudonym, so that one sees what it stands for: <c>bed</c> gives <c>bed-91c0a7f3e2</c>.</param>
    /// <param name="name">Empty stays empty.</param>
    public string Of(string kind, string name)
    {
        if (name.Length == 0)
        {
            return "";
        }

        if (!_known.TryGetValue((kind, name), out var pseudonym))
        {
            var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind}\n{name}"));
            pseudonym = $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, Bytes))}";
            _known.Add((kind, name), pseudonym);
        }

        return pseudonym;
    }
}
