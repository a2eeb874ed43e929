using System.CommandLine;
using FieldNet.Edge.Verbs;

var root = new RootCommand("FieldNet: the edge system of a temporary intensive care unit on a private 5G network.\nNot a medical device; not the primary alarm.\n\nThe launcher adds two verbs: test (every test) and bench (the benchmarks).")
{
    DemoVerb.Create(),
    ServeVerb.Create(),
    SimulateVerb.Create(),
    InspectVerb.Create(),
    ReplayVerb.Create(),
    DiffVerb.Create(),
    CutVerb.Create(),
    ExportVerb.Create(),
    ModemVerb.Create(),
    ProbeVerb.Create(),
    ScoreVerb.Create(),
};

return await CommandLine.RunAsync(root, args, Console.Error).ConfigureAwait(false);
