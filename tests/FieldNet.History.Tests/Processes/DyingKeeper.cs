using System.Diagnostics;
using System.Globalization;
using FieldNet.History.Tests.Fakes;
using FieldNet.History.Trends;

namespace FieldNet.History.Tests.Processes;

/// <summary>A process of its own that keeps a random day and says each time its mark has moved, until it is killed.</summary>
internal static class DyingKeeper
{
    public const string Verb = "--dying-keeper";

    public const int Hours = 100;

    /// <param name="args">File of the history, seed of the day.</param>
    public static int Run(string[] args)
    {
        var messages = RandomDay.Messages(new Random(int.Parse(args[1], CultureInfo.InvariantCulture)), Hours);

        // Not disposed: its end is sudden, or there is nothing left to do.
        var keeper = new TrendKeeper(args[0], new TrendRetention(), TimeProvider.System);
        foreach (var message in messages.Skip((int)keeper.Through))
        {
            keeper.Take(message.Record);
            var before = keeper.Through;
            if (!keeper.KeepAsync(message.Number, CancellationToken.None).AsTask().IsCompletedSuccessfully)
            {
                return 1;
            }

            if (keeper.Through > before)
            {
                Console.Out.WriteLine(keeper.Through);
            }
        }

        return 0;
    }

    public static Process Start(string path, int seed)
    {
        // The tests run as their own executable or as `dotnet X.dll`.
        var host = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(DyingKeeper).Assembly.Location] : [host];
        string[] command = [.. self, Verb, path, seed.ToString(CultureInfo.InvariantCulture)];
        return Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
