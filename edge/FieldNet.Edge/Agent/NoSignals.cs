using Microsoft.Extensions.Hosting;

namespace FieldNet.Edge.Agent;

/// <summary>Keeps the web host from listening for signals: the verb does, and stops the parts in the order in which data flow.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
