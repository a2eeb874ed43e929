using System.Net;
using FieldNet.Slice.Stamp;

namespace FieldNet.Edge.Network;

/// <summary>The agent's own reflector, for probes of others, as the site file names it.</summary>
internal sealed record ReflectorOptions(IPEndPoint Listen, StampKey? Key, bool IsStateless);
