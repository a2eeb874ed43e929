using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary>A progress bar on the terminal, on standard error; nothing when that is no terminal.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is being done.</param>
    /// <param name="work">Tells how far it is, 0 to 1, from its own thread.</param>
    public static void Run(string what, Action<Action<double>> work)
    {
        if (Console.IsErrorRedirected)
        {
            work(_ => { });
            return;
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bar =>
            {
                var task = bar.AddTask(what, maxValue: 1);
                work(done => task.Value = done);
            });
    }
}
