namespace FieldNet.Capture.Wfdb;

/// <summary>A signal file is FLAC and this machine has no libFLAC; the message says what to install.</summary>
public sealed class FlacUnavailableException()
    : IOException("its signals are FLAC, which Debian's libFLAC decodes, and that is not on this machine: apt-get install libflac12 (libflac14 in Debian 13, libflac8 in Ubuntu 22.04, libflac12t64 in Ubuntu 24.04).");
