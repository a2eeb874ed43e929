using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace FieldNet.Capture.Wfdb;

/// <summary>The values of a signal file in FLAC: one channel a signal.</summary>
/// <remarks>
/// Lifetime: owns the stream and the decoder; libFLAC calls back only within <see cref="Read"/>. Threading: one thread.
/// Loss: at the first fault of the stream it ends, with <see cref="Damage"/>: libFLAC would go on behind a gap, and every later sample would be dated wrong.
/// </remarks>
internal sealed unsafe class FlacSamples : ISampleSource
{
    private const int Continue = 0, EndOfStream = 1, Abort = 2;

    /// <summary>FLAC__STREAM_DECODER_END_OF_STREAM.</summary>
    private const int StateEnded = 4;

    private readonly FlacLibrary _flac = FlacLibrary.Get();
    private readonly Stream _file;
    private readonly int _channels;
    private readonly int _samplesPerFrame;
    private readonly GCHandle _self;
    private nint _decoder;
    private int[] _block = [];
    private int _blockLength;
    private int _at;
    private ExceptionDispatchInfo? _fault;

    /// <exception cref="FlacUnavailableException">No libFLAC on this machine.</exception>
    public FlacSamples(Stream file, int channels, int samplesPerFrame)
    {
        (_file, _channels, _samplesPerFrame) = (file, channels, samplesPerFrame);
        _self = GCHandle.Alloc(this);
        _decoder = _flac.New();
        delegate* unmanaged[Cdecl]<nint, byte*, nuint*, nint, int> read = &OnRead;
        delegate* unmanaged[Cdecl]<nint, nint, int**, nint, int> write = &OnWrite;
        delegate* unmanaged[Cdecl]<nint, int, nint, void> error = &OnError;
        if (_decoder == 0 || _flac.Start(_decoder, (nint)read, 0, 0, 0, 0, (nint)write, 0, (nint)error, GCHandle.ToIntPtr(_self)) != 0)
        {
            Dispose();
            throw new IOException("libFLAC does not start its decoder.");
        }
    }

    public string? Damage { get; private set; }

    public int Read(Span<int> frames)
    {
        int perFrame = _channels * _samplesPerFrame;
        int wanted = frames.Length / _channels;
        int read = 0;
        while (read < wanted && (_at < _blockLength || TryDecode()))
        {
            int count = Math.Min(wanted - read, _blockLength - _at);
            for (int i = 0; i < count; i++)
            {
                // Within a frame each signal's samples stand together.
                int place = (read + i) / _samplesPerFrame * perFrame + (read + i) % _samplesPerFrame;
                for (int channel = 0; channel < _channels; channel++)
                {
                    frames[place + channel * _samplesPerFrame] = _block[(_at + i) * _channels + channel];
                }
            }
            _at += count;
            read += count;
        }
        return read / _samplesPerFrame * perFrame;
    }

    public void Dispose()
    {
        if (_decoder != 0)
        {
            _flac.Delete(_decoder);
            _decoder = 0;
        }
        if (_self.IsAllocated)
        {
            _self.Free();
        }
        _file.Dispose();
    }

    private bool TryDecode()
    {
        (_at, _blockLength) = (0, 0);
        while (_blockLength == 0 && Damage is null)
        {
            bool goesOn = _flac.ProcessSingle(_decoder) != 0;
            _fault?.Throw();
            if (_blockLength == 0 && _flac.State(_decoder) == StateEnded)
            {
                return false;
            }
            Damage ??= goesOn ? null : "is damaged FLAC";
        }
        return _blockLength > 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRead(nint decoder, byte* buffer, nuint* bytes, nint self)
    {
        var samples = Of(self);
        try
        {
            int read = samples.Damage is null ? samples._file.Read(new Span<byte>(buffer, (int)Math.Min(*bytes, int.MaxValue))) : 0;
            *bytes = (nuint)read;
            return samples.Damage is not null ? Abort : read == 0 ? EndOfStream : Continue;
        }
        catch (Exception fault)
        {
            // Nothing may be thrown through libFLAC; thrown again behind it.
            samples._fault = ExceptionDispatchInfo.Capture(fault);
            return Abort;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWrite(nint decoder, nint frame, int** channels, nint self)
    {
        var samples = Of(self);
        try
        {
            return samples.Take(channels) ? Continue : 1;
        }
        catch (Exception fault)
        {
            samples._fault = ExceptionDispatchInfo.Capture(fault);
            return 1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(nint decoder, int status, nint self) => Of(self).Damage ??= "is damaged FLAC";

    /// <summary>A frame whose checksum is wrong comes as zeros behind its error: not taken.</summary>
    private bool Take(int** channels)
    {
        uint count = _flac.Channels(_decoder);
        if (count != _channels)
        {
            Damage ??= $"has {count} channels for {_channels} signals";
        }
        if (Damage is not null)
        {
            return false;
        }
        int length = (int)_flac.BlockSize(_decoder);
        if (_block.Length < length * _channels)
        {
            _block = new int[length * _channels];
        }
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int i = 0; i < length; i++)
            {
                _block[i * _channels + channel] = channels[channel][i];
            }
        }
        _blockLength = length;
        return true;
    }

    private static FlacSamples Of(nint self) => (FlacSamples)GCHandle.FromIntPtr(self).Target!;
}
