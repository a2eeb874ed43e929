using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using FieldNet.Mqtt.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FieldNet.Benchmarks.Transport;

/// <summary>The child process of <see cref="TransportBench"/>: <see cref="FramingProtocol"/>s on one kind of transport.</summary>
internal static class TransportHost
{
    public const string Verb = "transport-host";

    private const int ReadBytes = 64 * 1024;

    /// <summary>Serves until standard input closes.</summary>
    public static async Task RunAsync(string kind)
    {
        var port = kind switch
        {
            "epoll" => EpollTransport.Start(new IPEndPoint(IPAddress.Loopback, 0), new FramingAcceptor(), new EpollOptions(), TimeProvider.System).LocalEndPoint.Port,
            "kestrel" => await ListenKestrelAsync(),
            "sockets" => Listen(socket => _ = ServeAsync(socket)),
            "threads" => Listen(socket => new Thread(() => ServeBlocking(socket), maxStackSize: 128 * 1024) { IsBackground = true }.Start()),
            _ => throw new ArgumentException($"no transport {kind}", nameof(kind)),
        };
        Console.WriteLine($"ready {port}");
        await Console.In.ReadToEndAsync();
    }

    private static async Task<int> ListenKestrelAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(static connection =>
        {
            var transport = new PipeTransport(connection.Transport, connection.RemoteEndPoint, certificate: null, connection.Abort, TimeProvider.System);
            return transport.RunAsync(new FramingProtocol(transport));
        })));
        var app = builder.Build();
        await app.StartAsync();
        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    private static int Listen(Action<Socket> serve)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        new Thread(() =>
        {
            while (true)
            {
                var socket = listener.Accept();
                socket.NoDelay = true;
                serve(socket);
            }
        })
        {
            IsBackground = true,
        }.Start();
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static async Task ServeAsync(Socket socket)
    {
        var (protocol, input, output, kept) = (new FramingProtocol(NoTransport.Instance), new byte[ReadBytes], new ArrayBufferWriter<byte>(256), 0);
        int count;
        while ((count = await socket.ReceiveAsync(input.AsMemory(kept), SocketFlags.None)) > 0)
        {
            kept = Take(protocol, input, kept + count, output);
            if (output.WrittenCount > 0)
            {
                await socket.SendAsync(output.WrittenMemory, SocketFlags.None);
                output.ResetWrittenCount();
            }
        }

        socket.Dispose();
    }

    private static void ServeBlocking(Socket socket)
    {
        var (protocol, input, output, kept) = (new FramingProtocol(NoTransport.Instance), new byte[ReadBytes], new ArrayBufferWriter<byte>(256), 0);
        int count;
        while ((count = socket.Receive(input.AsSpan(kept))) > 0)
        {
            kept = Take(protocol, input, kept + count, output);
            if (output.WrittenCount > 0)
            {
                socket.Send(output.WrittenSpan);
                output.ResetWrittenCount();
            }
        }

        socket.Dispose();
    }

    private static int Take(FramingProtocol protocol, byte[] input, int length, ArrayBufferWriter<byte> output)
    {
        var buffer = new ReadOnlySequence<byte>(input, 0, length);
        protocol.Receive(ref buffer);
        protocol.Write(output);
        buffer.FirstSpan.CopyTo(input);
        return (int)buffer.Length;
    }

    private sealed class NoTransport : ITransport
    {
        public static readonly NoTransport Instance = new();

        public EndPoint? RemoteEndPoint => null;

        public X509Certificate2? ClientCertificate => null;

        public void WakeWriter()
        {
        }

        public void WakeReader()
        {
        }
    }
}
