using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class BatchDeliveryTests
{
    private const string Malformed = """{"code":"invalid","message":"unable to parse"}""";

    [Fact]
    public async Task Deliver_TooLarge_GoesInPieces()
    {
        await using var server = new ScriptedServer(lines => lines.Length > 300 ? (413, "") : (204, ""));

        var (delivery, refusal) = await DeliverAsync(server, 1_000);

        Assert.Null(refusal);
        Assert.Equal((1_000, 0), (delivery.Stored, delivery.Rejected));
        Assert.Equal(1_000, server.Taken.SelectMany(lines => lines).Distinct().Count());
    }

    [Fact]
    public async Task Deliver_PoisonInAnAllOrNothingServer_LosesOnlyThePoison()
    {
        await using var server = new ScriptedServer(lines => lines.Any(IsPoison) ? (400, Malformed) : (204, ""));

        var (delivery, refusal) = await DeliverAsync(server, 1_000);

        Assert.Null(refusal);
        Assert.Equal((998, 2), (delivery.Stored, delivery.Rejected));
        Assert.Equal(998, server.Taken.Sum(lines => lines.Length));
        Assert.InRange(server.Writes, 1, 45);
        Assert.Contains("unable to parse", delivery.Refusal, StringComparison.Ordinal);

        static bool IsPoison(string line) => line.EndsWith(" 0", StringComparison.Ordinal) || line.EndsWith(" 700", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_EverythingRefused_GivesUpSoon()
    {
        await using var server = new ScriptedServer(static _ => (400, Malformed));

        var (delivery, refusal) = await DeliverAsync(server, 5_000);

        Assert.Null(refusal);
        Assert.Equal((0, 5_000), (delivery.Stored, delivery.Rejected));
        Assert.InRange(server.Writes, 17, 60);
    }

    [Theory]
    [InlineData(406)]
    [InlineData(410)]
    public async Task Deliver_RefusedWhateverItSays_IsCountedAndNotSentAgain(int status)
    {
        await using var server = new ScriptedServer(_ => (status, ""));

        var (delivery, refusal) = await DeliverAsync(server, 10);

        Assert.Null(refusal);
        Assert.Equal((0, 10, 1), (delivery.Stored, delivery.Rejected, server.Writes));
    }

    [Fact]
    public async Task Deliver_PartialWrite_CountsWhatTheServerSays()
    {
        await using var server = new ScriptedServer(static _ => (400, """{"error":"partial write: field type conflict dropped=4"}"""));

        var (delivery, refusal) = await DeliverAsync(server, 10);

        Assert.Null(refusal);
        Assert.Equal((6, 4, 1), (delivery.Stored, delivery.Rejected, server.Writes));
    }

    [Fact]
    public async Task Deliver_ServerFallsOverOneLine_InDoubtDropsThatLine()
    {
        await using var server = new ScriptedServer(static lines => lines.Any(line => line.EndsWith(" 3", StringComparison.Ordinal)) ? (500, "panic") : (204, ""));

        var (_, first) = await DeliverAsync(server, 100);
        var (delivery, refusal) = await DeliverAsync(server, 100, inDoubt: true);

        Assert.Equal(500, first!.Status);
        Assert.Null(refusal);
        Assert.Equal((99, 1), (delivery.Stored, delivery.Rejected));
    }

    [Fact]
    public async Task Deliver_ServerFallsOverEverything_InDoubtKeepsAll()
    {
        await using var server = new ScriptedServer(static _ => (500, "no space left on device"));

        var (delivery, refusal) = await DeliverAsync(server, 5_000, inDoubt: true);

        Assert.Equal(500, refusal!.Status);
        Assert.Equal(0, delivery.Rejected);
        Assert.InRange(server.Writes, 17, 60);
    }

    private static async Task<(BatchDelivery Delivery, WriteReply? Refusal)> DeliverAsync(ScriptedServer server, int lines, bool inDoubt = false)
    {
        Assert.True(LineTarget.TryParse($"{server.Address}?db=x", out var target, out _));
        using var client = new LineClient(target, null);
        var batch = new LineBatch();
        var writer = new LineWriter(batch);
        for (var i = 0; i < lines; i++)
        {
            writer.Begin("numeric,bed=b"u8);
            writer.Float("value"u8, i);
            writer.End(i);
        }

        var delivery = new BatchDelivery(client);
        return (delivery, await delivery.DeliverAsync(batch, inDoubt, TestContext.Current.CancellationToken));
    }
}
