using FieldNet.Capture;
using FieldNet.Capture.Disk;

namespace FieldNet.TestKit.Disk;

/// <summary>A disk in memory that forgets, at a crash, any part of what was not synced.</summary>
/// <remarks>
/// Shape: 512-byte sectors are kept or lost whole; so are the names of files since the last <see cref="SyncDirectory"/>.
/// A failed sync drops the sectors from what a later sync would save, as Linux does: only a crash shows the loss.
/// Threading: any thread, as every <see cref="IDisk"/>.
/// </remarks>
public sealed class SimulatedDisk : IDisk
{
    private const int NoSpace = 28;
    private const int InputOutput = 5;

    private readonly Dictionary<string, SimulatedFile> _files = [];
    private readonly Dictionary<string, SimulatedFile> _durableNames = [];
    private bool _locked;

    /// <summary>Operations until the power goes; negative for never.</summary>
    public long CrashAfter { get; set; } = -1;

    /// <summary>Asked before each write and sync ("write", "sync", "create", "sync_directory"): true makes it fail.</summary>
    public Func<string, bool>? FailWhen { get; set; }

    /// <summary>Bytes that all files together may take.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Bytes that somebody else has taken of <see cref="Capacity"/>.</summary>
    public long Others { get; set; }

    public long Operations { get; private set; }

    public long Syncs { get; private set; }

    internal object Gate { get; } = new();

    public IDisposable Lock()
    {
        lock (Gate)
        {
            _locked = !_locked ? true : throw new CaptureException(CaptureErrorKind.DataFolderInUse, "simulated", "in use");
            return new Unlock(this);
        }
    }

    public IReadOnlyList<string> List()
    {
        lock (Gate)
        {
            return [.. _files.Keys];
        }
    }

    public IDiskFile Create(string name)
    {
        lock (Gate)
        {
            Operate("create");
            var file = new SimulatedFile();
            return _files.TryAdd(name, file) ? new SimulatedHandle(this, file) : throw new IOException($"'{name}' exists");
        }
    }

    public IDiskFile OpenRead(string name)
    {
        lock (Gate)
        {
            return new SimulatedHandle(this, Find(name));
        }
    }

    public void Truncate(string name, long length)
    {
        lock (Gate)
        {
            Operate("sync");
            var file = Find(name);
            file.SetLength(length);
            file.Sync();
        }
    }

    public void Delete(string name)
    {
        lock (Gate)
        {
            Operate("delete");
            _files.Remove(name);
        }
    }

    public void Replace(string name, string newName)
    {
        lock (Gate)
        {
            Operate("replace");
            var file = Find(name);
            _files.Remove(name);
            _files[newName] = file;
        }
    }

    public long LengthOf(string name)
    {
        lock (Gate)
        {
            return Find(name).Length;
        }
    }

    public DiskSpace Space
    {
        get
        {
            lock (Gate)
            {
                var used = _files.Values.Sum(file => (long)file.Length) + Others;
                return new DiskSpace(used, Math.Max(0, Capacity - used));
            }
        }
    }

    public void SyncDirectory()
    {
        lock (Gate)
        {
            Operate("sync_directory");
            _durableNames.Clear();
            foreach (var (name, file) in _files)
            {
                _durableNames.Add(name, file);
            }
        }
    }

    /// <summary>The same disk after the process alone was killed: everything flushed is still there, and still not synced.</summary>
    public SimulatedDisk AfterKill()
    {
        lock (Gate)
        {
            (_locked, CrashAfter, FailWhen) = (false, -1, null);
            return this;
        }
    }

    /// <summary>What is left after the power came back: everything synced, and by chance any part of the rest.</summary>
    public SimulatedDisk AfterCrash(Random random)
    {
        lock (Gate)
        {
            var after = new SimulatedDisk { Capacity = Capacity };
            foreach (var name in _files.Keys.Union(_durableNames.Keys).Order(StringComparer.Ordinal))
            {
                var durable = _durableNames.GetValueOrDefault(name);
                var current = _files.GetValueOrDefault(name);
                // A name made or deleted since the directory's last sync may be in either state.
                var file = durable == current || random.Next(2) == 0 ? durable : current;
                if (file is not null)
                {
                    var survivor = file.AfterCrash(random);
                    after._files.Add(name, survivor);
                    after._durableNames.Add(name, survivor);
                }
            }

            return after;
        }
    }

    /// <summary>The bytes of a file, to be damaged: changes are on the medium at once.</summary>
    public byte[] Contents(string name)
    {
        lock (Gate)
        {
            return Find(name).ToArray();
        }
    }

    /// <summary>Makes a file hold exactly these bytes, durably.</summary>
    public void Put(string name, ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            var file = new SimulatedFile();
            file.Write(bytes, 0);
            file.Sync();
            _files[name] = _durableNames[name] = file;
        }
    }

    internal void Write(SimulatedFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        lock (Gate)
        {
            Operate("write");
            var room = Capacity - Others - _files.Values.Sum(other => other.Length) - Math.Max(0, offset + bytes.Length - file.Length);
            if (room < 0)
            {
                // The disk takes what fits and then says that it is full.
                file.Write(bytes[..(int)Math.Max(0, bytes.Length + room)], offset);
                throw new IOException("No space left on device", NoSpace);
            }

            file.Write(bytes, offset);
        }
    }

    internal void Sync(SimulatedFile file)
    {
        lock (Gate)
        {
            try
            {
                Operate("sync");
            }
            catch (IOException)
            {
                file.ForgetUnsynced();
                throw;
            }

            file.Sync();
            Syncs++;
        }
    }

    private SimulatedFile Find(string name) =>
        _files.GetValueOrDefault(name) ?? throw new FileNotFoundException("No such file", name);

    private void Operate(string operation)
    {
        Operations++;
        if (CrashAfter >= 0 && CrashAfter-- == 0)
        {
            CrashAfter = 0;
            throw new SimulatedCrashException();
        }

        if (FailWhen?.Invoke(operation) == true)
        {
            throw new IOException("Input/output error", InputOutput);
        }
    }

    private sealed class Unlock(SimulatedDisk disk) : IDisposable
    {
        public void Dispose() => disk._locked = false;
    }
}
