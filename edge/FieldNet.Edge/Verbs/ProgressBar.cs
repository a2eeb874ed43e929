using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary>A progress bar on the terminal, on standard error; nothing when that is no terminal.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is being done.</param>
    /// <param name="work">Tells how far it is, 0 to 1, from its own thread.</param>
    public static Task RunAsync(string what, Func<Action<double>, Task> work) => Console.IsErrorRedirected
        ? work(_ => { })
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bar =>
            {
                var task = bar.AddTask(what, maxValue: 1);
                await work(done => task.Value = done).ConfigureAwait(false);
            });
}
