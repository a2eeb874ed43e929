using System.Text;
using FieldNet.Telemetry.Messages;

namespace FieldNet.Telemetry.Tests.Messages;

public sealed class FormatOfTests
{
    /// <summary>One property of each identifier of the standard but Content Type, with a value of its type.</summary>
    private static readonly byte[] EveryOther =
    [
        0x01, 1, 0x17, 1, 0x19, 1, 0x24, 1, 0x25, 1, 0x28, 1, 0x29, 1, 0x2A, 1,
        0x13, 0, 3, 0x21, 0, 3, 0x22, 0, 3, 0x23, 0, 3,
        0x02, 3, 3, 3, 3, 0x11, 3, 3, 3, 3, 0x18, 3, 3, 3, 3, 0x27, 3, 3, 3, 3,
        0x0B, 0x83, 0x83, 0x83, 0x03,
        0x08, 0, 1, 3, 0x09, 0, 2, 3, 3, 0x12, 0, 0, 0x15, 0, 1, 3, 0x16, 0, 1, 3, 0x1A, 0, 1, 3, 0x1C, 0, 1, 3, 0x1F, 0, 1, 3,
        0x26, 0, 1, 3, 0, 2, 3, 3,
    ];

    [Theory]
    [InlineData("application/x-protobuf", PayloadFormat.Protobuf)]
    [InlineData("Application/X-Protobuf; proto=fieldnet.v1.Vitals", PayloadFormat.Protobuf)]
    [InlineData("application/json", PayloadFormat.Json)]
    [InlineData("APPLICATION/JSON ;charset=utf-8", PayloadFormat.Json)]
    [InlineData("text/plain", PayloadFormat.Unknown)]
    [InlineData("application/jsonx", PayloadFormat.Unknown)]
    [InlineData("", PayloadFormat.Unknown)]
    public void FormatOf_ContentType_NamesTheFormat(string contentType, PayloadFormat format)
    {
        Assert.Equal(format, TelemetryDecoder.FormatOf(Named(contentType)));
        Assert.Equal(format, TelemetryDecoder.FormatOf([.. EveryOther, .. Named(contentType)]));
        Assert.Equal(format, TelemetryDecoder.FormatOf([.. Named(contentType), .. EveryOther]));
    }

    [Fact]
    public void FormatOf_NoContentType_IsDetected()
    {
        Assert.Equal(PayloadFormat.Detect, TelemetryDecoder.FormatOf([]));
        Assert.Equal(PayloadFormat.Detect, TelemetryDecoder.FormatOf(EveryOther));
    }

    [Fact]
    public void FormatOf_CutAnywhereInsideAProperty_IsUnknown()
    {
        byte[] properties = [0x26, 0, 1, 3, 0, 2, 3, 3, .. Named("application/json")];
        for (var length = 1; length < properties.Length; length++)
        {
            var expected = length == 8 ? PayloadFormat.Detect : PayloadFormat.Unknown;
            Assert.Equal(expected, TelemetryDecoder.FormatOf(properties.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x04, 0 })]
    [InlineData(new byte[] { 0x7F, 0 })]
    [InlineData(new byte[] { 0x0B, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void FormatOf_NotOfTheStandard_IsUnknown(byte[] properties) => Assert.Equal(PayloadFormat.Unknown, TelemetryDecoder.FormatOf(properties));

    [Fact]
    public void FormatOf_ContentTypeTwice_IsUnknown() =>
        Assert.Equal(PayloadFormat.Unknown, TelemetryDecoder.FormatOf([.. Named("application/json"), .. Named("application/json")]));

    private static byte[] Named(string contentType) => [0x03, 0, (byte)contentType.Length, .. Encoding.UTF8.GetBytes(contentType)];
}
