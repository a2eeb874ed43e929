namespace FieldNet.Edge.Agent;

/// <summary>The agent can't go on because a part of it failed that nothing may run without; the message is one sentence that names the fix.</summary>
internal sealed class AgentEndedException(Exception cause)
    : Exception($"the agent ended by a fault of its own ({cause.GetType().Name}: {cause.Message}); start it again, nothing acknowledged is lost, and report this with the data folder.", cause);
