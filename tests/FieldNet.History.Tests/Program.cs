using FieldNet.History.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

return args is [DyingKeeper.Verb, .. var rest]
    ? DyingKeeper.Run(rest)
    : await ConsoleRunner.Run(args);
