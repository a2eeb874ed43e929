using System.Text.Json;
using System.Text.Json.Serialization;
using FieldNet.Edge.Verbs;

namespace FieldNet.Edge.Reports;

/// <summary>Writes a verb's report: one JSON object, snake_case keys, to a file or to standard output.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write<T>(T report, string? path)
    {
        if (path is null)
        {
            return;
        }

        var json = JsonSerializer.Serialize(report, Options);
        if (path == "-")
        {
            Console.Out.WriteLine(json);
            return;
        }

        try
        {
            File.WriteAllText(path, json + "\n");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentFaultException($"the report can't be written to {path}: {cause.Message} Give --json another file.", cause);
        }
    }
}
