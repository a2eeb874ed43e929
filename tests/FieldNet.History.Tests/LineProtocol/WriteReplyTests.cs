using FieldNet.History.LineProtocol;

namespace FieldNet.History.Tests.LineProtocol;

public sealed class WriteReplyTests
{
    [Theory]
    [InlineData(204, "", "Stored", 0)]
    [InlineData(200, "", "Stored", 0)]
    [InlineData(400, """{"error":"partial write: field type conflict: input field \"value\" on measurement \"numeric\" is type float, already exists as type integer dropped=3"}""", "PartlyStored", 3)]
    [InlineData(400, """{"error":"partial write: unable to parse 'x': missing fields\nunable to parse 'y': missing fields dropped=0"}""", "PartlyStored", 2)]
    [InlineData(400, """{"error":"partial write of line protocol occurred","data":[{"line_number":2},{"line_number":9}]}""", "PartlyStored", 2)]
    [InlineData(422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=7"}""", "PartlyStored", 7)]
    [InlineData(400, """{"code":"invalid","message":"unable to parse 'numeric,bed=b': missing fields"}""", "Refused", 0)]
    [InlineData(422, "", "Refused", 0)]
    [InlineData(406, "", "Dropped", 0)]
    [InlineData(405, "", "Dropped", 0)]
    [InlineData(401, "", "NotLetIn", 0)]
    [InlineData(403, "", "NotLetIn", 0)]
    [InlineData(404, """{"error":"database not found: \"fieldnet\""}""", "NoDatabase", 0)]
    [InlineData(413, "", "TooLarge", 0)]
    [InlineData(429, "", "Later", 0)]
    [InlineData(500, "", "Later", 0)]
    [InlineData(502, "", "Later", 0)]
    [InlineData(503, "", "Later", 0)]
    [InlineData(504, "", "Later", 0)]
    [InlineData(301, "", "Later", 0)]
    public void Of_EachAnswer_IsOneVerdict(int status, string body, string verdict, int rejected)
    {
        var reply = WriteReply.Of(status, body, null);

        Assert.Equal((verdict, rejected), (reply.Verdict.ToString(), reply.Rejected));
        Assert.StartsWith($"HTTP {status}", reply.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reply.Reason);
    }

    [Theory]
    [InlineData(1, null, 0, 250)]
    [InlineData(1, null, 1, 500)]
    [InlineData(3, null, 1, 2_000)]
    [InlineData(40, null, 1, 30_000)]
    [InlineData(1, 60, 1, 60_000)]
    [InlineData(40, 2, 1, 30_000)]
    [InlineData(1, 86_400, 0, 600_000)]
    public void After_SoManyFailures_IsTheLongerOfOursAndTheirs_Capped(int failures, int? askedSeconds, double random, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), BackOff.After(failures, askedSeconds is { } s ? TimeSpan.FromSeconds(s) : null, random));
}
