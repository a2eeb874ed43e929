namespace FieldNet.Mqtt.Tests;

/// <summary>For tests that look at this process's memory: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
