using System.Globalization;
using FieldNet.Edge.Verbs;
using YamlDotNet.RepresentationModel;

namespace FieldNet.Edge.Site;

/// <summary>One mapping of a YAML file with the keys that it may have.</summary>
/// <remarks>Errors: <see cref="BadArgumentException"/> for a key that is not known and a value that may not be.</remarks>
internal sealed class YamlSection
{
    private readonly SiteYaml _file;
    private readonly string _of;
    private readonly YamlNode _node;
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    public YamlSection(SiteYaml file, string of, YamlNode node, IReadOnlyList<string> keys)
    {
        (_file, _of, _node) = (file, of, node);
        foreach (var (key, value) in file.Entries(of, node))
        {
            _values[key] = keys.Contains(key) ? value : throw file.Wrong(value, $"'{of}.{key}' is no key; there are {string.Join(", ", keys)}");
        }
    }

    public string Required(string key) => Text(key) ?? throw Wrong($"an entry of '{_of}' needs {key}");

    /// <returns>Null if it is not given.</returns>
    public string? Text(string key) => _values.GetValueOrDefault(key) switch
    {
        null or YamlScalarNode { Value: null or "" } => null,
        YamlScalarNode { Value: { } text } => text,
        var other => throw _file.Wrong(other, $"{_of}.{key} is one value"),
    };

    /// <summary>A list of words, or one.</summary>
    public IReadOnlyList<string> Words(string key) => _values.GetValueOrDefault(key) switch
    {
        null or YamlScalarNode { Value: null or "" } => [],
        YamlScalarNode { Value: { } word } => [word],
        YamlSequenceNode list => [.. list.Children.Select(item => item is YamlScalarNode { Value: { } word } ? word : throw _file.Wrong(item, $"{_of}.{key} is a list of words"))],
        var other => throw _file.Wrong(other, $"{_of}.{key} is a list of words"),
    };

    /// <summary>Keys with values below a key, such as labels.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string key) => _values.GetValueOrDefault(key) is not { } node ? [] :
    [
        .. _file.Entries($"{_of}.{key}", node).Select(entry => entry.Value is YamlScalarNode { Value: { } value }
            ? KeyValuePair.Create(entry.Key, value)
            : throw _file.Wrong(entry.Value, $"{_of}.{key}.{entry.Key} is one value")),
    ];

    public double? Number(string key, double lowest, double highest) => Text(key) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest ? number
        : throw WrongAt(key, string.Create(CultureInfo.InvariantCulture, $"{_of}.{key} is a number from {lowest} to {highest}; '{text}' is none"));

    public uint? Whole(string key, uint lowest, uint highest) => Number(key, lowest, highest) is not { } number ? null
        : number == Math.Floor(number) ? (uint)number
        : throw WrongAt(key, $"{_of}.{key} is a whole number");

    /// <summary>What a test lets through.</summary>
    /// <param name="what">What it must be, for the sentence: <c>an IP address</c>.</param>
    public string? Checked(string key, Func<string, bool> isRight, string what) => Text(key) is not { } text || isRight(text)
        ? Text(key)
        : throw WrongAt(key, $"{_of}.{key} is {what}; '{text}' is none");

    /// <summary>A file named in the section lies where the file itself does, unless its path is whole.</summary>
    public string Beside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file.Path))!, file);

    public BadArgumentException Wrong(string sentence) => _file.Wrong(_node, sentence);

    public BadArgumentException WrongAt(string key, string sentence) => _file.Wrong(_values.GetValueOrDefault(key) ?? _node, sentence);
}
