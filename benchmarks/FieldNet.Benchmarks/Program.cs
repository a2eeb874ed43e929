using BenchmarkDotNet.Running;
using FieldNet.Benchmarks.Transport;

switch (args)
{
    case [TransportHost.Verb, var kind]:
        await TransportHost.RunAsync(kind);
        break;
    case [TransportBench.Verb, .. var kinds]:
        await TransportBench.RunAsync(kinds);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
