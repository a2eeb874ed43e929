using System.Text;
using FieldNet.Telemetry.Signals;

namespace FieldNet.Telemetry.Topics;

/// <summary>A topic name taken apart by the grammar of the contract.</summary>
/// <remarks>Lifetime: aliases the bytes it was parsed from. Errors: never throws; what does not fit is said in <see cref="Scope"/> and <see cref="Refusal"/>.</remarks>
internal readonly ref struct TopicName
{
    private readonly ReadOnlySpan<byte> _utf8;

    private TopicName(ReadOnlySpan<byte> utf8, TopicScope scope, Refusal refusal)
    {
        _utf8 = utf8;
        Scope = scope;
        Refusal = refusal;
    }

    public TopicScope Scope { get; }

    public Refusal Refusal { get; }

    private MessageKind Message { get; init; }

    private Signal? Signal { get; init; }

    private ReadOnlySpan<byte> Site { get; init; }

    private ReadOnlySpan<byte> Ward { get; init; }

    private ReadOnlySpan<byte> Bed { get; init; }

    private ReadOnlySpan<byte> Device { get; init; }

    public static TopicName Parse(ReadOnlySpan<byte> utf8)
    {
        var rest = utf8;
        if (!Next(ref rest).SequenceEqual("fieldnet"u8))
        {
            return new(utf8, TopicScope.Foreign, Refusal.None);
        }

        var version = Next(ref rest);
        var site = Next(ref rest);
        var ward = Next(ref rest);
        if (!version.SequenceEqual("v1"u8) || !IsSegment(site) || !IsSegment(ward))
        {
            return OutsideGrammar(utf8);
        }

        var bed = Next(ref rest);
        var device = Next(ref rest);
        if (IsDerived(bed, device) && rest.IsEmpty && utf8[^1] != '/')
        {
            return new(utf8, TopicScope.Derived, Refusal.TopicReserved);
        }

        if (bed.SequenceEqual("_watchdog"u8) && device.SequenceEqual("alarm"u8) && rest.IsEmpty && utf8[^1] != '/')
        {
            return new(utf8, TopicScope.Watchdog, Refusal.None) { Message = MessageKind.Alarm, Site = site, Ward = ward };
        }

        var isGateway = bed.SequenceEqual("_ward"u8);
        if (!(isGateway || IsSegment(bed)) || !IsSegment(device))
        {
            return OutsideGrammar(utf8);
        }

        var message = MessageOf(rest);
        if (message == MessageKind.None || (isGateway && message is not (MessageKind.Link or MessageKind.Status)))
        {
            return OutsideGrammar(utf8);
        }

        var refusal = Refusal.None;
        Signal? signal = null;
        if (message == MessageKind.Wave)
        {
            refusal = SignalTable.Resolve(rest["wave/".Length..], out var found);
            if (refusal == Refusal.SignalMissing)
            {
                return OutsideGrammar(utf8);
            }

            signal = refusal == Refusal.None ? found : null;
        }

        return new(utf8, TopicScope.Device, refusal) { Message = message, Signal = signal, Site = site, Ward = ward, Bed = bed, Device = device };
    }

    /// <summary>The interned form; without room in its table a device's topic is refused.</summary>
    public Topic ToTopic(int id) => new(id, _utf8.ToArray(), Scope)
    {
        Refusal = id < 0 && Scope == TopicScope.Device ? Refusal.TooManyTopics : Refusal,
        Message = Message,
        Signal = Signal,
        Site = Encoding.UTF8.GetString(Site),
        Ward = Encoding.UTF8.GetString(Ward),
        Bed = Encoding.UTF8.GetString(Bed),
        Device = Encoding.UTF8.GetString(Device),
        Subject = Scope == TopicScope.Device ? Encoding.UTF8.GetString(_utf8["fieldnet/v1/".Length..SubjectEnd]) : "",
    };

    private int SubjectEnd => "fieldnet/v1/".Length + Site.Length + Ward.Length + Bed.Length + Device.Length + 3;

    private static TopicName OutsideGrammar(ReadOnlySpan<byte> utf8) => new(utf8, TopicScope.Invalid, Refusal.TopicOutsideGrammar);

    private static MessageKind MessageOf(ReadOnlySpan<byte> rest) => rest switch
    {
        _ when rest.SequenceEqual("vitals"u8) => MessageKind.Vitals,
        _ when rest.SequenceEqual("alarm"u8) => MessageKind.Alarm,
        _ when rest.SequenceEqual("status"u8) => MessageKind.Status,
        _ when rest.SequenceEqual("link"u8) => MessageKind.Link,
        _ when rest.StartsWith("wave/"u8) => MessageKind.Wave,
        _ => MessageKind.None,
    };

    /// <summary><c>{bed}/_state</c> and <c>_incident/{id}</c>: the agent's own.</summary>
    private static bool IsDerived(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        (IsSegment(first) && second.SequenceEqual("_state"u8)) || (first.SequenceEqual("_incident"u8) && IsSegment(second));

    /// <summary>Takes the next level off; a missing level is empty, as is a level without characters.</summary>
    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'/');
        var level = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return level;
    }

    private static bool IsSegment(ReadOnlySpan<byte> level)
    {
        if (level.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit((char)level[0]))
        {
            return false;
        }

        foreach (var b in level)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'-'))
            {
                return false;
            }
        }

        return true;
    }
}
