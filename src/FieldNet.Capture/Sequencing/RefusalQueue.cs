using FieldNet.Telemetry;

namespace FieldNet.Capture.Sequencing;

/// <summary>Refusals on their way to the sequencer.</summary>
/// <remarks>Threading: any thread adds, the sequencer takes. Full policy: the refusal is counted but not logged.</remarks>
internal sealed class RefusalQueue
{
    private const int Capacity = 256;
    private const int MaxTextLength = 256;

    private readonly Queue<Item> _items = new(Capacity);

    public readonly record struct Item(
        Refusal Reason, long Connection, string Client, string Address, string Detail, long ReceiveTimeUs);

    public void Add(Item item)
    {
        lock (_items)
        {
            if (_items.Count < Capacity)
            {
                // A stranger wrote these texts.
                _items.Enqueue(item with { Client = Cut(item.Client), Address = Cut(item.Address), Detail = Cut(item.Detail) });
            }
        }
    }

    public bool TryTake(out Item item)
    {
        lock (_items)
        {
            return _items.TryDequeue(out item);
        }
    }

    // Between two characters: half of one is not the same once it has been through the log (P4).
    private static string Cut(string text) => text.Length <= MaxTextLength ? text
        : text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
}
