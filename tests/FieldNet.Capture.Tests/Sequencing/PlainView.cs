using FieldNet.Telemetry;
using FieldNet.Telemetry.Records;

namespace FieldNet.Capture.Tests.Sequencing;

/// <summary>A view without quarantine, such as the broker.</summary>
internal sealed class PlainView(RecordingView.RecordReaction react) : IRecordView
{
    public Refusal Apply(in LogRecord record) => react(in record);
}
