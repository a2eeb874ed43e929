using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FieldNet.Dashboard.Replay;

/// <summary>Captures and replays over plain HTTP; other sites' pages are kept out as from everything else.</summary>
internal static class ReplayApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/replay").WithTags("Replay");
        api.MapGet("/captures", Captures).WithSummary("What can be replayed, the agent's own log first");
        api.MapPost("/sessions", Open).WithSummary("Starts a replay")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/sessions/{session}", State).WithSummary("What a replay does now").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/sessions/{session}/timeline", Timeline).WithSummary("Alarms and links of the capture").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/sessions/{session}", Control).WithSummary("Plays, pauses, changes speed, goes to a time")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/sessions/{session}", End).WithSummary("Ends a replay").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static CaptureDto[] Captures(IReplayDeck deck) => [.. deck.Captures()];

    private static Results<Created<ReplayDto>, ProblemHttpResult> Open(ReplayOpenDto wanted, IReplayDeck deck)
    {
        if (deck.Captures().All(capture => capture.Id != wanted.Capture))
        {
            return Problem(StatusCodes.Status404NotFound, "No such capture", "The agent does not offer it, or not any more.");
        }

        return deck.Open(wanted.Capture)?.Now.State is { } state
            ? TypedResults.Created($"/api/replay/sessions/{state.Session}", state)
            : Problem(StatusCodes.Status409Conflict, "Too many replays", "As many replays run as may at a time; close one, or wait half a minute after its last viewer left.");
    }

    private static Results<Ok<ReplayDto>, ProblemHttpResult> State(string session, IReplayDeck deck) =>
        deck.Find(session) is { } replay ? TypedResults.Ok(replay.Now.State) : Ended();

    private static Results<Ok<ReplayTimelineDto>, ProblemHttpResult> Timeline(string session, IReplayDeck deck) =>
        deck.Find(session) is { } replay ? TypedResults.Ok(replay.Timeline) : Ended();

    private static Results<Ok<ReplayDto>, ProblemHttpResult> Control(string session, ReplayControlDto control, IReplayDeck deck)
    {
        if (!control.IsValid)
        {
            return Problem(
                StatusCodes.Status400BadRequest, "No such speed or time",
                $"speed is 0 (as fast as it goes) or {ReplayControlDto.LeastSpeed} to {ReplayControlDto.MostSpeed}, positionMs is UTC milliseconds.");
        }

        if (deck.Find(session) is not { } replay)
        {
            return Ended();
        }

        replay.Control(control);
        return TypedResults.Ok(replay.Now.State);
    }

    private static Results<NoContent, ProblemHttpResult> End(string session, IReplayDeck deck)
    {
        if (deck.Find(session) is not { } replay)
        {
            return Ended();
        }

        replay.Finish();
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Ended() =>
        Problem(StatusCodes.Status404NotFound, "No such replay", "It has ended: a replay lasts until half a minute after its last viewer left.");

    private static ProblemHttpResult Problem(int status, string title, string detail) =>
        TypedResults.Problem(title: title, detail: detail, statusCode: status);
}
