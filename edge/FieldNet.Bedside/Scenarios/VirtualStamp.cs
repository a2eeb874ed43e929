namespace FieldNet.Bedside.Scenarios;

/// <summary>The stamp of one message in virtual time; times by the device's clock, UTC microseconds.</summary>
internal readonly record struct VirtualStamp(uint Epoch, ulong Seq, long DeviceTimeUs, long SentTimeUs, bool Historical);
