using FieldNet.Bedside.Monitors;

namespace FieldNet.Bedside.Tests.Monitors;

public sealed class AlarmBookTests
{
    [Fact]
    public void Judge_HoldsForTheDelay_RisesOnceAndKeepsItsId()
    {
        var book = new AlarmBook();

        bool early = book.Judge(AlarmRules.RateHigh, true, 0, 130, high: 120) || book.Judge(AlarmRules.RateHigh, true, 4_999_999, 130, high: 120);
        bool risen = book.Judge(AlarmRules.RateHigh, true, 5_000_000, 131, high: 120);
        string id = book.Active[0].Id;
        book.Judge(AlarmRules.RateHigh, true, 9_000_000, 140, high: 120);

        Assert.False(early);
        Assert.True(risen);
        Assert.Equal((id, 140.0, 120.0, 1), (book.Active[0].Id, book.Active[0].Value, book.Active[0].High, book.Version));
    }

    [Fact]
    public void Judge_InterruptedBeforeTheDelay_DoesNotRise()
    {
        var book = new AlarmBook();

        book.Judge(AlarmRules.RateHigh, true, 0);
        book.Judge(AlarmRules.RateHigh, false, 3_000_000);
        book.Judge(AlarmRules.RateHigh, true, 4_000_000);
        book.Judge(AlarmRules.RateHigh, true, 8_000_000);

        Assert.Empty(book.Active);
    }

    [Fact]
    public void Judge_SecondEpisode_HasAnotherId()
    {
        var book = new AlarmBook();

        book.Judge(AlarmRules.Asystole, true, 1_000_000);
        string first = book.Active[0].Id;
        book.Judge(AlarmRules.Asystole, false, 2_000_000);
        book.Judge(AlarmRules.Asystole, true, 3_000_000);

        Assert.NotEqual(first, book.Active[0].Id);
        Assert.Equal(3, book.Version);
    }
}
