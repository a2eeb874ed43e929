using FieldNet.Edge.Verbs;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FieldNet.Edge.Site;

/// <summary>One YAML file, and how what is wrong in it is said: one sentence with the line.</summary>
internal sealed class SiteYaml(string path)
{
    public string Path => path;

    /// <returns>Null if the file is empty.</returns>
    /// <exception cref="BadArgumentException">It can't be read, or is no YAML.</exception>
    public YamlNode? Load()
    {
        try
        {
            using var text = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadArgumentException($"the configuration {path} can't be read: {cause.Message}");
        }
        catch (YamlException wrong)
        {
            throw new BadArgumentException($"{path}, line {wrong.Start.Line}: this is no YAML: {wrong.Message}");
        }
    }

    /// <param name="of">Name of what the node is the value of; empty for the file itself.</param>
    public IEnumerable<(string Key, YamlNode Value)> Entries(string of, YamlNode node)
    {
        if (node is YamlScalarNode { Value: null or "" })
        {
            return [];
        }

        return node is YamlMappingNode mapping
            ? mapping.Children.Select(child => (child.Key is YamlScalarNode { Value: { } key } ? key : throw Wrong(child.Key, "a key is a word"), child.Value))
            : throw Wrong(node, of.Length == 0 ? "the file has keys with values, such as ages:" : $"'{of}' has keys with values below it");
    }

    /// <summary>A list of sections, each with these keys and no others.</summary>
    public IEnumerable<YamlSection> Sections(string of, YamlNode node, params string[] keys) => node switch
    {
        YamlScalarNode { Value: null or "" } => [],
        YamlSequenceNode list => list.Children.Select(item => new YamlSection(this, of, item, keys)),
        _ => throw Wrong(node, $"'{of}' is a list: each entry begins with a dash"),
    };

    public BadArgumentException Wrong(YamlNode at, string sentence) => new($"{path}, line {at.Start.Line}: {sentence}.");
}
