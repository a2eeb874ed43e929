using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Sequencing;

/// <summary>The views, applied in order to each record.</summary>
/// <remarks>Threading: the sequencer's.</remarks>
internal sealed class ViewStage(IReadOnlyList<IRecordView> views)
{
    private readonly IRecordView[] _views = [.. views];
    private readonly IBatchView[] _batchViews = [.. views.OfType<IBatchView>()];
    private readonly IDeadlineSource[] _deadlines = [.. views.OfType<IDeadlineSource>()];
    private readonly List<(IQuarantineView View, Exception Error)> _poisoned = [];

    /// <summary>Earliest deadline of any view; <see cref="long.MaxValue"/> without one.</summary>
    public long NextDeadlineUs
    {
        get
        {
            var next = long.MaxValue;
            foreach (var source in _deadlines)
            {
                next = Math.Min(next, source.NextDeadlineUs);
            }

            return next;
        }
    }

    public IReadOnlyList<ICheckpointView> CheckpointViews { get; } = [.. views.OfType<ICheckpointView>()];

    /// <summary>The views that threw on the record applied last.</summary>
    public IReadOnlyList<(IQuarantineView View, Exception Error)> Poisoned => _poisoned;

    /// <returns>The first refusal that a view gave.</returns>
    public Refusal Apply(in LogRecord record)
    {
        _poisoned.Clear();
        var refusal = Refusal.None;
        foreach (var view in _views)
        {
            try
            {
                var given = view.Apply(in record);
                refusal = refusal == Refusal.None ? given : refusal;
            }
            catch (Exception e) when (view is IQuarantineView && record.Kind != RecordKind.Quarantine)
            {
                // A quarantine record that throws would lead to the next one for ever: that is a bug and ends the agent.
                _poisoned.Add(((IQuarantineView)view, e));
            }
        }

        return refusal;
    }

    /// <summary>A record that made another view throw: a view that is never rebuilt has applied it, and does so again.</summary>
    public void ApplyPoisoned(in LogRecord record)
    {
        _poisoned.Clear();
        foreach (var view in _views)
        {
            if (view is not IQuarantineView)
            {
                view.Apply(in record);
            }
        }
    }

    public void EndBatch()
    {
        foreach (var view in _batchViews)
        {
            view.BatchEnd();
        }
    }
}
