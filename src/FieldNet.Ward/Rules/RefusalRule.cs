using FieldNet.Telemetry;
using FieldNet.Ward.Events;
using FieldNet.Ward.State;

namespace FieldNet.Ward.Rules;

/// <summary>Tells the engineer what was refused: one event per sender and reason, however many messages.</summary>
/// <remarks>Bounded: past 256 open episodes further refusals are counted (metrics) but open no event.</remarks>
internal static class RefusalRule
{
    private const long QuietUs = 60_000_000;
    private const int MaxOpen = 256;

    public static void Observe(in RuleContext context, Refusal reason, string subject, IReadOnlyList<string> beds)
    {
        var ward = context.Ward;
        var open = ward.RefusalEpisodes.Find(episode => episode.Reason == reason && episode.Episode.Subject == subject);
        if (open is not null)
        {
            (open.Count, open.LastUs) = (open.Count + 1, context.NowUs);
            return;
        }

        if (ward.RefusalEpisodes.Count >= MaxOpen)
        {
            return;
        }

        var what = reason == Refusal.NotAuthorized ? "unauthorised" : "malformed";
        var episode = context.Outbox.Start(
            ward, context.NowUs, "data", what, subject, EventSeverity.Low, beds, [new("reason", reason.Name())], detail: reason.Name());
        ward.RefusalEpisodes.Add(new RefusalEpisode { Episode = episode, Reason = reason, Count = 1, LastUs = context.NowUs });
        if (ward.RefusalEpisodes.Count == 1)
        {
            // While any is open one deadline is armed for all, never later than a new one's own.
            DeadlineHeap.Push(ward.Deadlines, new Deadline(context.NowUs + QuietUs, -1));
        }
    }

    public static void Age(in RuleContext context)
    {
        var ward = context.Ward;
        var nextUs = long.MaxValue;
        for (var i = ward.RefusalEpisodes.Count - 1; i >= 0; i--)
        {
            var open = ward.RefusalEpisodes[i];
            if (context.NowUs - open.LastUs < QuietUs)
            {
                nextUs = Math.Min(nextUs, open.LastUs + QuietUs);
                continue;
            }

            context.Outbox.Say(ward, context.NowUs, open.Episode, EventPhase.End, [], [new("reason", open.Reason.Name()), new("messages", open.Count)]);
            ward.RefusalEpisodes.RemoveAt(i);
        }

        if (nextUs < long.MaxValue)
        {
            DeadlineHeap.Push(ward.Deadlines, new Deadline(nextUs, -1));
        }
    }
}
