namespace FieldNet.Ward.Views;

/// <summary>What others may ask of the processor.</summary>
/// <remarks>Threading: only on the processor's thread, between records.</remarks>
public interface IWardViews
{
    /// <summary>The unit now. Beds that did not change since the last call are the same objects.</summary>
    WardSnapshot Snapshot();

    /// <summary>The network page's content now; made anew at each call, so ask about once a second.</summary>
    NetworkView Network();
}
