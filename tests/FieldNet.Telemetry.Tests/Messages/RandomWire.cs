using System.Collections;
using System.Diagnostics;
using FieldNet.Telemetry.Signals;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FieldNet.Telemetry.Tests.Messages;

/// <summary>Random messages of the contract, made from their descriptors, so that a field added to the contract is in them at once.</summary>
internal sealed class RandomWire(int seed)
{
    private static readonly string[] Texts = ["", "a", "MDC_TEMP", "bed-03/mon1", "voie aérienne", "心電図", "\"\\\n\t/", new('x', 512)];
    private static readonly double[] Doubles = [0, -0.0, 1, -1.5, 97.25, 1e300, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
    private static readonly ulong[] Integers = [0, 1, 127, 128, 300, uint.MaxValue, 1_795_000_000_000_000, long.MaxValue, 1UL << 63, ulong.MaxValue];

    private readonly Random _random = new(seed);

    /// <summary>Any values that the types allow, readable as a message whatever they say.</summary>
    public T Any<T>()
        where T : IMessage, new()
    {
        var message = new T();
        Fill(message);
        return message;
    }

    /// <summary>A piece of waveform that is sound in all that the decoder checks.</summary>
    public Wire.WaveChunk Wave()
    {
        var wave = Any<Wire.WaveChunk>();
        var samples = new byte[2 * _random.Next(1, 600)];
        _random.NextBytes(samples);
        wave.SamplePeriodUs = 1 + (_random.NextDouble() * 10_000);
        wave.Gain = _random.NextDouble() - 2;
        wave.Offset = _random.NextDouble() * 100;
        wave.Unit = "";
        wave.Samples = ByteString.CopyFrom(samples);
        return wave;
    }

    /// <summary>Numbers of standard signals within their bounds.</summary>
    public Wire.Vitals Vitals()
    {
        var vitals = Any<Wire.Vitals>();
        foreach (var numeric in vitals.Numerics)
        {
            var signal = SignalTable.All[_random.Next(SignalTable.All.Count)];
            numeric.Signal = _random.Next(3) == 0 ? "" : signal.Id;
            numeric.Mdc = numeric.Signal.Length == 0 || _random.Next(2) == 0 ? signal.Code : 0;
            numeric.Unit = _random.Next(2) == 0 ? "" : signal.Unit;
            if (numeric.HasValue)
            {
                numeric.Value = Math.Max(signal.Lowest, -1e6) + (_random.NextDouble() * (Math.Min(signal.Highest, 1e6) - Math.Max(signal.Lowest, -1e6)));
            }
        }

        return vitals;
    }

    private void Fill(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                for (var left = _random.Next(4); left > 0; left--)
                {
                    list.Add(Value(field));
                }
            }
            else if (_random.Next(4) != 0)
            {
                field.Accessor.SetValue(message, Value(field));
            }
        }
    }

    private object Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Embedded(field.MessageType),
        FieldType.String => Texts[_random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(new byte[_random.Next(5)]),
        FieldType.Double => Doubles[_random.Next(Doubles.Length)],
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.UInt32 => (uint)Integers[_random.Next(Integers.Length)],
        FieldType.UInt64 => Integers[_random.Next(Integers.Length)],
        FieldType.Int64 => (long)Integers[_random.Next(Integers.Length)],
        FieldType.Enum => _random.Next(-1, 10),
        _ => throw new UnreachableException(field.FullName),
    };

    private IMessage Embedded(MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        Fill(message);
        return message;
    }
}
