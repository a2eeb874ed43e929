using Spectre.Console;

namespace FieldNet.Edge.Verbs;

/// <summary>A progress bar on the terminal, on standard error; nothing when that is no terminal.</summary>
internal static class ProgressBar
{
    /// <param name="what">What is being done.</param>
    /// <param name="work">Tells how far it is, 0 to 1.</param>
    public static void Run(string what, Action<Action<double>> work)
    {
        if (Console.IsErrorRedirected)
        {
            work(_ => { });
            return;
        }

        Bar().Start(bar =>
        {
            var task = bar.AddTask(what, maxValue: 1);
            work(done => task.Value = done);
        });
    }

    /// <inheritdoc cref="Run"/>
    public static Task RunAsync(string what, Func<Action<double>, Task> work) => Console.IsErrorRedirected
        ? work(_ => { })
        : Bar().StartAsync(async bar =>
        {
            var task = bar.AddTask(what, maxValue: 1);
            await work(done => task.Value = done).ConfigureAwait(false);
        });

    private static Progress Bar() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());
}
