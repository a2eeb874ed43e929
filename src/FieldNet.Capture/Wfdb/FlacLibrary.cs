using System.Runtime.InteropServices;

namespace FieldNet.Capture.Wfdb;

/// <summary>The stream decoder of Debian's libFLAC, bound when first needed.</summary>
/// <remarks>Source: libFLAC's public interface (stream_decoder.h), the same in the versions named here. Only opaque pointers and integers cross it.</remarks>
internal sealed unsafe class FlacLibrary
{
    private static readonly string[] Names = ["libFLAC.so.14", "libFLAC.so.12", "libFLAC.so.8"];

    private static readonly Lazy<FlacLibrary?> Loaded = new(Load);

    public readonly delegate* unmanaged[Cdecl]<nint> New;
    public readonly delegate* unmanaged[Cdecl]<nint, void> Delete;

    /// <summary>Decoder; read, seek, tell, length, eof, write, metadata and error callback; their last argument. 0 is success.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, nint, nint, nint, nint, nint, int> Start;

    /// <summary>Decodes one frame of audio or block of metadata; 0 when it can't go on.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, int> ProcessSingle;

    public readonly delegate* unmanaged[Cdecl]<nint, int> State;
    public readonly delegate* unmanaged[Cdecl]<nint, uint> Channels;
    public readonly delegate* unmanaged[Cdecl]<nint, uint> BlockSize;

    private FlacLibrary(nint library)
    {
        New = (delegate* unmanaged[Cdecl]<nint>)Export(library, "new");
        Delete = (delegate* unmanaged[Cdecl]<nint, void>)Export(library, "delete");
        Start = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, nint, nint, nint, nint, nint, int>)Export(library, "init_stream");
        ProcessSingle = (delegate* unmanaged[Cdecl]<nint, int>)Export(library, "process_single");
        State = (delegate* unmanaged[Cdecl]<nint, int>)Export(library, "get_state");
        Channels = (delegate* unmanaged[Cdecl]<nint, uint>)Export(library, "get_channels");
        BlockSize = (delegate* unmanaged[Cdecl]<nint, uint>)Export(library, "get_blocksize");
    }

    public static bool IsHere => Loaded.Value is not null;

    /// <exception cref="FlacUnavailableException">Not on this machine.</exception>
    public static FlacLibrary Get() => Loaded.Value ?? throw new FlacUnavailableException();

    private static FlacLibrary? Load()
    {
        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new(library);
            }
        }
        return null;
    }

    private static nint Export(nint library, string function) => NativeLibrary.GetExport(library, $"FLAC__stream_decoder_{function}");
}
