using System.Text;
using FieldNet.Edge.Replay;
using FieldNet.Telemetry.Messages;
using FieldNet.Telemetry.Topics;
using Google.Protobuf;
using Wire = FieldNet.Telemetry.Wire;

namespace FieldNet.Edge.Tests.Replay;

/// <summary>A replayed message says that it is one, and is of now; the rest of it stays.</summary>
public sealed class ReplayStampsTests
{
    private const long ShiftUs = 1_000_000;

    private readonly Topic _vitals = new TopicTable().Intern("fieldnet/v1/chu/icu1/bed-03/mon1/vitals"u8);
    private readonly ReplayStamps _stamps = new(1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rewrite_StampedMessage_MovesItsTimesAndMarksIt(bool isJson)
    {
        var sent = Vitals(epoch: 7, seq: 42);
        sent.Numerics.Add(new Wire.Numeric { Signal = "MDC_PRESS_BLD_NONINV_SYS", Value = 120, Intermittent = true, MeasuredAtUs = 5 });

        var got = Read(isJson ? Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(sent)) : sent.ToByteArray());

        Assert.Equal(
            new Wire.Stamp { Epoch = 1000, Seq = 42, DeviceTimeUs = 100 + ShiftUs, SentTimeUs = 200 + ShiftUs, Mode = Wire.Stamp.Types.Mode.Replay },
            got.Stamp);
        Assert.Equal((72, 120, 5 + ShiftUs), (got.Numerics[0].Value, got.Numerics[1].Value, got.Numerics[1].MeasuredAtUs));
    }

    [Fact]
    public void Rewrite_MessageWithoutStamp_IsMarkedAndOtherwiseUnstamped()
    {
        var sent = Vitals(1, 1);
        sent.Stamp = null;

        Assert.Equal(new Wire.Stamp { Mode = Wire.Stamp.Types.Mode.Replay }, Read(sent.ToByteArray()).Stamp);
    }

    [Fact]
    public void Rewrite_SenderThatStartedAgain_StartsAgain()
    {
        uint[] epochs = [7, 7, 9, 12];

        Assert.Equal([1000u, 1000u, 1001u, 1002u], epochs.Select(epoch => Read(Vitals(epoch, 1).ToByteArray()).Stamp.Epoch));
    }

    [Fact]
    public void Rewrite_UnknownField_Stays()
    {
        byte[] sent = [.. Vitals(1, 1).ToByteArray(), 0xA0, 0x06, 0x2A];

        Assert.Equal(sent[^3..], _stamps.Rewrite(_vitals, PayloadFormat.Protobuf, sent, ShiftUs)![^3..]);
    }

    [Fact]
    public void Rewrite_WhatCantBeMarked_IsNotSent()
    {
        Assert.Null(_stamps.Rewrite(_vitals, PayloadFormat.Detect, [0x07], ShiftUs));
        Assert.Null(_stamps.Rewrite(_vitals, PayloadFormat.Detect, "{no"u8, ShiftUs));
        Assert.Null(_stamps.Rewrite(_vitals, PayloadFormat.Detect, [], ShiftUs));
        Assert.Null(_stamps.Rewrite(new TopicTable().Intern("pump/1"u8), PayloadFormat.Detect, "{}"u8, ShiftUs));
    }

    private static Wire.Vitals Vitals(uint epoch, ulong seq)
    {
        var vitals = new Wire.Vitals { Stamp = new Wire.Stamp { Epoch = epoch, Seq = seq, DeviceTimeUs = 100, SentTimeUs = 200, Mode = Wire.Stamp.Types.Mode.Real } };
        vitals.Numerics.Add(new Wire.Numeric { Signal = "MDC_ECG_HEART_RATE", Value = 72 });
        return vitals;
    }

    private Wire.Vitals Read(byte[] payload)
    {
        var rewritten = _stamps.Rewrite(_vitals, PayloadFormat.Detect, payload, ShiftUs)!;
        return rewritten[0] == '{' ? JsonParser.Default.Parse<Wire.Vitals>(Encoding.UTF8.GetString(rewritten)) : Wire.Vitals.Parser.ParseFrom(rewritten);
    }
}
