using System.Text;
using System.Text.Json;
using FieldNet.Bedside.Network;
using FieldNet.Bedside.Patients;
using FieldNet.Telemetry.Topics;
using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.Bedside.Scenarios;

/// <summary>Makes the devices of a scenario and what they publish.</summary>
/// <remarks>
/// Rates: a monitor two waveforms each 256 ms, numbers each 1.024 s, alarms each 10 s; a pump numbers each second and alarms; a gateway its
/// link each second; each its status when it connects.
/// </remarks>
internal static class VirtualFleet
{
    public const string Monitor = "mon1", Pump = "pump1";

    private const long WavePeriodUs = 256_000, VitalsPeriodUs = 1_024_000, PumpPeriodUs = 1_000_000, AlarmPeriodUs = 10_000_000, LinkPeriodUs = 1_000_000;

    /// <summary>NTP keeps a bedside's clock this well.</summary>
    private const int ClockErrorUs = 15_000;

    public static readonly string[] Waves = ["MDC_ECG_ELEC_POTL_II", "MDC_PULS_OXIM_PLETH"];

    public static byte[] Offline { get; } = new DeviceStatus { State = DeviceStatus.Types.State.Offline }.ToByteArray();

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>With the network's plan in every second scenario: the join must do without one, too.</summary>
    public static byte[] StartPayload(Scenario scenario) => scenario.Number % 2 == 0 ? "{}"u8.ToArray() : JsonSerializer.SerializeToUtf8Bytes(new
    {
        settings = new
        {
            network = new
            {
                gateways = scenario.Layout.Gateways.Select(gateway => new
                {
                    gateway = gateway.Subject[(gateway.Place.Site.Length + 1)..],
                    serves = gateway.Serves.Select(device => device.InWard),
                    cell = scenario.Layout.Cells[gateway.Cell].Name,
                    slice = scenario.Layout.Slices[gateway.Slice].Id,
                    five_qi = gateway.FiveQi,
                    supi = gateway.Supi,
                    ip = gateway.Ip,
                }),
            },
        },
    });

    public static VirtualDevice[] Devices(Scenario scenario, Random random)
    {
        List<VirtualDevice> devices = [];
        foreach (var (n, gateway) in scenario.Layout.Gateways.Index())
        {
            foreach (var place in gateway.Serves.Prepend(gateway.Place))
            {
                var offset = scenario.Faults.FirstOrDefault(fault => fault.What == Faults.FaultKind.ClockOffset && fault.Touches(place));
                devices.Add(new VirtualDevice(place, gateway, scenario.Paths[n], scenario.Faults)
                {
                    ClockErrorUs = random.Next(-ClockErrorUs, ClockErrorUs),
                    AppearsUs = offset is null ? 0 : offset.At.Ticks / TimeSpan.TicksPerMicrosecond,
                });
            }
        }
        return [.. devices];
    }

    public static VirtualStream[] Streams(Scenario scenario, VirtualDevice[] devices, TopicTable topics, Random random, VirtualEndpoint endpoint)
    {
        List<VirtualStream> streams = [];
        foreach (var device in devices)
        {
            string subject = device.Place.Subject;
            var main = Connection("", isMain: true);
            endpoint.Greets(new VirtualStream(device, main, Topic("status"), new StampedPayload(Status(device)), 0));
            if (device.Place.IsGateway)
            {
                Add(main, "link", null, LinkPeriodUs);
                continue;
            }
            bool isPump = subject.EndsWith(Pump, StringComparison.Ordinal);
            Add(main, "vitals", isPump ? PumpVitals() : MonitorVitals(), isPump ? PumpPeriodUs : VitalsPeriodUs);
            Add(main, "alarm", new AlarmReport { Complete = true }, AlarmPeriodUs);
            if (!isPump)
            {
                var wave = Connection("-wave", isMain: false);
                foreach (string signal in Waves)
                {
                    Add(wave, "wave/" + signal, Chunk(signal), WavePeriodUs);
                }
            }

            VirtualConnection Connection(string suffix, bool isMain)
            {
                var connection = new VirtualConnection(device, device.Place.InWard.Replace('/', '-') + suffix, isMain) { RetryUs = random.Next(1_500_000) };
                device.Connections.Add(connection);
                return connection;
            }

            void Add(VirtualConnection connection, string kind, IMessage? message, long periodUs) =>
                streams.Add(new VirtualStream(device, connection, Topic(kind), message is null ? null : new StampedPayload(message), periodUs) { NextUs = random.NextInt64(periodUs) });

            Topic Topic(string kind) => topics.Intern(Encoding.UTF8.GetBytes($"fieldnet/v1/{subject}/{kind}"));
        }
        return [.. streams];
    }

    private static DeviceStatus Status(VirtualDevice device) => new()
    {
        State = DeviceStatus.Types.State.Online,
        Maker = "FieldNet",
        Model = device.Place.IsGateway ? "Simulated gateway" : "Simulated device",
        Serial = "SIM-" + device.Place.InWard,
        OnMains = true,
    };

    private static WaveChunk Chunk(string signal)
    {
        bool isEcg = signal.Contains("ECG", StringComparison.Ordinal);
        int samples = isEcg ? 64 : 32;
        byte[] data = new byte[samples * 2];
        for (int i = 0; i < samples; i++)
        {
            short value = (short)(100 * Math.Sin(i * 0.1));
            (data[2 * i], data[2 * i + 1]) = ((byte)value, (byte)(value >> 8));
        }
        return new WaveChunk { SamplePeriodUs = (double)WavePeriodUs / samples, Gain = 0.005, Unit = isEcg ? "mV" : "1", Samples = ByteString.CopyFrom(data) };
    }

    private static Vitals MonitorVitals() => Of(("MDC_ECG_HEART_RATE", 72), ("MDC_PULS_OXIM_SAT_O2", 97), ("MDC_PULS_OXIM_PULS_RATE", 72), ("MDC_RESP_RATE", 14));

    private static Vitals PumpVitals() => Of(("MDC_FLOW_FLUID_PUMP_CURRENT", 5), ("MDC_VOL_FLUID_DELIV", 20));

    private static Vitals Of(params (string Signal, double Value)[] numbers)
    {
        var vitals = new Vitals();
        vitals.Numerics.AddRange(numbers.Select(number => new Numeric { Signal = number.Signal, Value = number.Value }));
        return vitals;
    }
}
