using System.Net;

namespace FieldNet.LoadBench.Subjects;

/// <summary>A server under load, in a process of its own.</summary>
internal interface ISubject : IAsyncDisposable
{
    IPEndPoint Mqtt { get; }

    /// <summary>Processor time that its process has used.</summary>
    TimeSpan Cpu { get; }
}
