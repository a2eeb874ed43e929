namespace FieldNet.Capture.Tests.Packets;

/// <summary>TLS is named and counted, and never taken for MQTT.</summary>
public sealed class EncryptedSessionTests
{
    private const string ClientHello = "16030100C8010000C40303" + "00000000000000000000";
    private const string ServerHello = "160303003A020000360303";
    private const string ApplicationData = "1703030020" + "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20";

    [Theory]
    [InlineData(8883)]
    [InlineData(443)]
    [InlineData(1883)]
    public void Read_TlsOnAnyPort_IsCountedOnceByItsServer(int port)
    {
        var found = new CaptureScript { ServerPort = (ushort)port }.Open().Client(ClientHello).Server(ServerHello).Client(ApplicationData).Inspect();

        Assert.Equal((0, 1, 1), (found.Mqtt.Connections, (int)found.Encrypted.Sessions, (int)found.Encrypted.Servers[$"10.0.0.2:{port}"]));
    }

    [Fact]
    public void Read_TlsJoinedInTheMiddle_IsCountedByItsLikelyServer()
    {
        var found = new CaptureScript { ServerPort = 8883 }.Server(ApplicationData).Client(ApplicationData).Inspect();

        Assert.Equal(1, found.Encrypted.Servers["10.0.0.2:8883"]);
    }

    [Fact]
    public void Read_MqttInTheClear_IsNotEncrypted()
    {
        var found = new CaptureScript { ServerPort = 8883 }.Open().Client("100D00044D5154540402003C000163").Server("20020000").Inspect();

        Assert.Equal((1, 0), (found.Mqtt.Connections, (int)found.Encrypted.Sessions));
    }
}
