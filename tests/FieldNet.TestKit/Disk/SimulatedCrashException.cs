namespace FieldNet.TestKit.Disk;

/// <summary>The power went: thrown out of whatever the disk was doing, and out of everything after it.</summary>
public sealed class SimulatedCrashException() : Exception("the power went");
