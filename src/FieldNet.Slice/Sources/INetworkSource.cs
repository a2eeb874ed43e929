using System.Reactive.Concurrency;
using FieldNet.Telemetry.Network;

namespace FieldNet.Slice.Sources;

/// <summary>One source of the 5G side, as an endless sequence of reports.</summary>
public interface INetworkSource
{
    /// <summary>Its name in the site file, and in its reports.</summary>
    string Name { get; }

    ReaderCounts Counts { get; }

    /// <summary>Reads for ever: comes back from every failure, and never ends or fails.</summary>
    /// <remarks>
    /// Shape: a report a second (radio) or a poll (core); of failures one at once when what is wrong changes, then one every ten seconds.
    /// Threading: one report at a time, on threads of <paramref name="scheduler"/> or of the socket; unsubscribing closes the connection.
    /// </remarks>
    /// <param name="scheduler">The only source of time.</param>
    IObservable<NetworkReport> Reports(IScheduler scheduler);
}
