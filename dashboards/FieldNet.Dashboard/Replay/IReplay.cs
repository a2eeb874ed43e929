namespace FieldNet.Dashboard.Replay;

/// <summary>One replay, from its opening until nobody has watched it for a while.</summary>
/// <remarks>Threading: any thread; none of these waits for the replay.</remarks>
public interface IReplay
{
    /// <summary>What it does now, and the picture of it.</summary>
    ReplayMoment Now { get; }

    /// <summary>What is known so far of the capture's alarms and links.</summary>
    ReplayTimelineDto Timeline { get; }

    /// <summary>Plays, pauses, changes speed, or goes to another time; takes effect soon after.</summary>
    void Control(ReplayControlDto control);

    /// <summary>Counts a viewer until disposed: a replay without any ends by itself.</summary>
    IDisposable Join();

    /// <summary>Ends it; its viewers are told.</summary>
    void Finish();
}
