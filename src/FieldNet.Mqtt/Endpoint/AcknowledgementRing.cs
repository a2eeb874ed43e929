using System.Diagnostics;
using System.Numerics;

namespace FieldNet.Mqtt.Endpoint;

/// <summary>A connection's answers in the order of arrival, from the sequencer thread to its writer.</summary>
/// <remarks>
/// Threading: one writer, one reader.
/// Loss: none. The connection reads no more packets than the ring has room for answers, so it is never full.
/// </remarks>
internal sealed class AcknowledgementRing(int capacity)
{
    private readonly Acknowledgement[] _slots = new Acknowledgement[BitOperations.RoundUpToPowerOf2((uint)capacity)];
    private uint _written;
    private uint _read;

    public void Add(in Acknowledgement acknowledgement)
    {
        var written = _written;
        if (written - Volatile.Read(ref _read) == (uint)_slots.Length)
        {
            throw new UnreachableException("More packets were let in than there is room for answers.");
        }

        _slots[written & (_slots.Length - 1)] = acknowledgement;
        Volatile.Write(ref _written, written + 1);
    }

    public bool TryPeek(out Acknowledgement acknowledgement)
    {
        if (_read == Volatile.Read(ref _written))
        {
            acknowledgement = default;
            return false;
        }

        acknowledgement = _slots[_read & (_slots.Length - 1)];
        return true;
    }

    /// <summary>Lets go of what <see cref="TryPeek"/> gave.</summary>
    public void Take()
    {
        _slots[_read & (_slots.Length - 1)] = default;
        Volatile.Write(ref _read, _read + 1);
    }
}
