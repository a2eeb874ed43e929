using System.Text;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Signals;
using Google.Protobuf;

namespace FieldNet.Telemetry.Tests.Messages;

/// <summary>Any bytes: never an exception, and what we take the generated code takes too, with the same content.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20260802;

    private static readonly Signal Pleth = SignalTable.Find("MDC_PULS_OXIM_PLETH")!;

    private readonly TelemetryDecoder _decoder = new();
    private readonly Random _random = new(Seed);
    private readonly RandomWire _messages = new(Seed);
    private readonly LinkReport _link = new();
    private readonly Vitals _vitals = new();
    private readonly AlarmReport _alarms = new();
    private readonly DeviceStatus _status = new();

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        for (var round = 0; round < 4_000; round++)
        {
            var payload = new byte[_random.Next(80)];
            _random.NextBytes(payload);
            ReadAll(payload, round);
        }
    }

    [Fact]
    public void Read_MutatedMessages_NeverThrowsAndAgrees()
    {
        for (var round = 0; round < 4_000; round++)
        {
            IMessage message = round % 3 == 0 ? _messages.Vitals() : round % 3 == 1 ? _messages.Any<Wire.AlarmReport>() : _messages.Any<Wire.LinkReport>();
            var payload = round % 2 == 0 ? message.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
            for (var changes = _random.Next(1, 4); changes > 0 && payload.Length > 0; changes--)
            {
                payload[_random.Next(payload.Length)] = (byte)_random.Next(256);
            }

            ReadAll(payload, round);
        }
    }

    [Fact]
    public void Read_MessageCutAnywhere_NeverThrowsAndAgrees()
    {
        for (var round = 0; round < 20; round++)
        {
            var link = _messages.Any<Wire.LinkReport>();
            foreach (var payload in (byte[][])[link.ToByteArray(), Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(link))])
            {
                for (var length = 0; length < payload.Length; length++)
                {
                    ReadAll(payload[..length], round);
                }
            }
        }
    }

    private void ReadAll(byte[] payload, int round)
    {
        try
        {
            foreach (var format in (PayloadFormat[])[PayloadFormat.Protobuf, PayloadFormat.Json])
            {
                _decoder.ReadWave(payload, format, Pleth, out _);
                _decoder.ReadVitals(payload, format, _vitals);
                _decoder.ReadAlarms(payload, format, _alarms);
                _decoder.ReadStatus(payload, format, _status);
                _decoder.ReadLink(payload, format, _link);
            }

            TelemetryDecoder.FormatOf(payload);
            if (_decoder.ReadLink(payload, PayloadFormat.Protobuf, _link) == Refusal.None)
            {
                Agreement.Check(Wire.LinkReport.Parser.ParseFrom(payload), _link);
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {Seed}, round {round}: {Convert.ToHexString(payload)}", e);
        }
    }
}
