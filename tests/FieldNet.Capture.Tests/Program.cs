using FieldNet.Capture.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

return args is [AckingWriter.Verb, .. var rest]
    ? await AckingWriter.RunAsync(rest)
    : await ConsoleRunner.Run(args);
