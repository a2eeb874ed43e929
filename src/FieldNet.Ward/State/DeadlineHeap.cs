namespace FieldNet.Ward.State;

/// <summary>A binary heap over the state's own list, so that deadlines are part of every checkpoint.</summary>
/// <remarks>Ties fire in the order of the devices: the same in every run.</remarks>
internal static class DeadlineHeap
{
    public static void Push(List<Deadline> heap, Deadline deadline)
    {
        heap.Add(deadline);
        for (var child = heap.Count - 1; child > 0;)
        {
            var parent = (child - 1) / 2;
            if (!Before(heap[child], heap[parent]))
            {
                return;
            }

            (heap[child], heap[parent]) = (heap[parent], heap[child]);
            child = parent;
        }
    }

    public static Deadline Pop(List<Deadline> heap)
    {
        var first = heap[0];
        heap[0] = heap[^1];
        heap.RemoveAt(heap.Count - 1);
        for (var parent = 0; ;)
        {
            var least = parent;
            for (var child = (2 * parent) + 1; child <= (2 * parent) + 2 && child < heap.Count; child++)
            {
                least = Before(heap[child], heap[least]) ? child : least;
            }

            if (least == parent)
            {
                return first;
            }

            (heap[least], heap[parent]) = (heap[parent], heap[least]);
            parent = least;
        }
    }

    private static bool Before(Deadline a, Deadline b) => a.DueUs < b.DueUs || (a.DueUs == b.DueUs && a.Device < b.Device);
}
