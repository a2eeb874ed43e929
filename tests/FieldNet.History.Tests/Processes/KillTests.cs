using FieldNet.History.Tests.Fakes;

namespace FieldNet.History.Tests.Processes;

[Trait("Category", "Fault")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private readonly HistoryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill9_InMidDay_LosesAndDoublesNothing()
    {
        const int Seed = 20260401;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var round = 0; round < 4; round++)
        {
            await KeepUntilKilledAsync(Seed, marks: 5 + random.Next(60), afterMs: random.Next(30));
        }

        using var keeper = _folder.Open();
        output.WriteLine($"the last mark: {keeper.Through}");
        Assert.True(keeper.Through > 0);
        var messages = RandomDay.Messages(new Random(Seed), DyingKeeper.Hours);
        RandomDay.Feed(keeper, messages, random, messages.Count);
        RandomDay.Same(messages, keeper, _folder.Reader(keeper));
    }

    private async Task KeepUntilKilledAsync(int seed, int marks, int afterMs)
    {
        using var dying = DyingKeeper.Start(_folder.Path, seed);
        var token = TestContext.Current.CancellationToken;
        for (var heard = 0; await dying.StandardOutput.ReadLineAsync(token) is not null; heard++)
        {
            if (heard == marks)
            {
                // Anywhere between two marks: in a transaction, too.
                dying.WaitForExit(afterMs);
                dying.Kill();
            }
        }

        await dying.WaitForExitAsync(token);
    }
}
