using FieldNet.Telemetry.Wire;
using Google.Protobuf;

namespace FieldNet.LoadBench.Traffic;

/// <summary>What the simulated devices send: good messages of the contract, so that nothing of them is refused.</summary>
internal static class BedsideMessages
{
    private static readonly string[] Signals = ["MDC_ECG_ELEC_POTL_II", "MDC_PULS_OXIM_PLETH", "MDC_PRESS_BLD_ART_ABP", "MDC_RESP"];

    /// <summary><c>site/ward/bed/device</c> of a device; ten devices a bed, so that 5,000 connections fit the beds of one unit.</summary>
    public static string Device(int index) => $"fieldnet/v1/bench/icu1/bed-{index / 10:D4}/mon{index % 10}";

    /// <summary>The four waveforms of a device.</summary>
    public static StampedPacket[] Waves(string device, byte qos, int payloadBytes) =>
        [.. Signals.Select(signal => StampedPacket.Of($"{device}/wave/{signal}", qos, Wave(payloadBytes)))];

    /// <summary>The heart rate, once.</summary>
    public static StampedPacket Vitals(string device) => StampedPacket.Of(
        $"{device}/vitals",
        qos: 1,
        new Vitals { Stamp = StampedPacket.Stamp(), Numerics = { new Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 72 } } });

    /// <summary>A complete set of alarm conditions: one, or none.</summary>
    public static StampedPacket Alarm(string device, bool present)
    {
        var report = new AlarmReport { Stamp = StampedPacket.Stamp(), Complete = true };
        if (present)
        {
            report.Conditions.Add(new AlarmCondition
            {
                Id = "bench",
                Event = "MDC_EVT_HI",
                Source = "MDC_ECG_HEART_RATE",
                Kind = AlarmCondition.Types.Kind.Physiological,
                Priority = AlarmCondition.Types.Priority.Medium,
                Present = true,
            });
        }

        return StampedPacket.Of($"{device}/alarm", qos: 1, report);
    }

    /// <summary>As many samples as the payload has room for, at 250 a second.</summary>
    private static WaveChunk Wave(int payloadBytes)
    {
        var wave = new WaveChunk { Stamp = StampedPacket.Stamp(), SamplePeriodUs = 4000, Gain = 0.01, Samples = ByteString.Empty };
        // Behind the key, the length of a long field takes a second byte.
        var room = payloadBytes - wave.CalculateSize() - (payloadBytes > 200 ? 3 : 2);
        var samples = new byte[room & ~1];
        for (var i = 0; i < samples.Length; i += 2)
        {
            samples[i] = (byte)(i * 3);
        }

        wave.Samples = ByteString.CopyFrom(samples);
        return wave;
    }
}
