using System.Text.Json;
using System.Text.Json.Nodes;

namespace FieldNet.LoadBench.Reports;

/// <summary>The figures of one run, told as they come and once more as JSON.</summary>
internal sealed class Report(TextWriter output)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Figure> _figures = [];

    public bool IsMissed => _figures.Exists(figure => figure.IsMissed);

    public void Add(string name, double value, Target? target = null)
    {
        var figure = new Figure(name, value, target);
        _figures.Add(figure);
        var verdict = target is null ? "" : $"{target,10} {(figure.IsMissed ? "MISSED" : "met")}";
        output.WriteLine($"{name,-52}{Number.Text(value),14}{verdict}");
    }

    /// <summary>A line for the reader alone.</summary>
    public void Say(string line) => output.WriteLine(line);

    public void WriteJson(string path)
    {
        var json = new JsonObject();
        foreach (var figure in _figures)
        {
            json[figure.Name] = Math.Round(figure.Value, 4);
        }

        json["targets"] = new JsonObject(_figures.Where(figure => figure.Target is not null).Select(figure => KeyValuePair.Create<string, JsonNode?>(figure.Name, figure.Target!.ToString())));
        json["missed"] = new JsonArray([.. _figures.Where(figure => figure.IsMissed).Select(figure => JsonValue.Create(figure.Name))]);
        var text = json.ToJsonString(Indented);
        if (path == "-")
        {
            Console.Out.WriteLine(text);
        }
        else
        {
            File.WriteAllText(path, text + "\n");
        }
    }
}
