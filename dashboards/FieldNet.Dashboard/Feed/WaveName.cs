namespace FieldNet.Dashboard.Feed;

/// <param name="Subject"><c>site/ward/bed/device</c>.</param>
/// <param name="Signal">MDC reference id.</param>
internal readonly record struct WaveName(string Subject, string Signal);
