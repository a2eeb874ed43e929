using FieldNet.Telemetry;
using FieldNet.Telemetry.Topics;
using FieldNet.Ward.Rules;
using FieldNet.Ward.State;

namespace FieldNet.Ward;

/// <summary>Finds the device and waveform of a topic, and lets beds and devices appear from topics.</summary>
/// <remarks>A cache over the state, not part of it. Threading: the processor's thread.</remarks>
internal sealed class WardDirectory(WardState ward)
{
    private readonly Dictionary<string, DeviceState> _bySubject = ward.Devices.ToDictionary(device => device.Subject);
    private Binding[] _byTopic = [];

    /// <returns>Why the topic has no place in the ward, or <see cref="Refusal.None"/>.</returns>
    public Refusal Find(Topic topic, out DeviceState device, out WaveState? wave)
    {
        if ((uint)topic.Id < (uint)_byTopic.Length && ReferenceEquals(_byTopic[topic.Id].Topic, topic))
        {
            (device, wave) = (_byTopic[topic.Id].Device, _byTopic[topic.Id].Wave);
            return Refusal.None;
        }

        wave = null;
        if (!_bySubject.TryGetValue(topic.Subject, out var known))
        {
            known = Appear(topic);
        }

        device = known!;
        if (known is null || (topic.Message == MessageKind.Wave && (wave = FindWave(known, topic)) is null))
        {
            return Refusal.TooManyTopics;
        }

        Remember(new Binding(topic, device, wave));
        return Refusal.None;
    }

    private static WaveState? FindWave(DeviceState device, Topic topic)
    {
        var wave = device.Waves.Find(candidate => candidate.SignalId == topic.Signal!.Id);
        if (wave is null && device.Waves.Count < WardLimits.WavesPerDevice)
        {
            wave = new WaveState { SignalId = topic.Signal!.Id };
            device.Waves.Add(wave);
        }

        return wave;
    }

    private DeviceState? Appear(Topic topic)
    {
        var bed = ward.Beds.Find(candidate => candidate.Site == topic.Site && candidate.Ward == topic.Ward && candidate.Bed == topic.Bed);
        if (bed is null ? ward.Beds.Count >= WardLimits.Beds : bed.Devices.Count >= WardLimits.DevicesPerBed)
        {
            return null;
        }

        if (bed is null)
        {
            ward.Site = ward.Site.Length == 0 ? topic.Site : ward.Site;
            bed = new BedState { Index = ward.Beds.Count, Site = topic.Site, Ward = topic.Ward, Bed = topic.Bed };
            bed.Key = topic.Site == ward.Site ? $"{bed.Ward}/{bed.Bed}" : $"{bed.Site}/{bed.Ward}/{bed.Bed}";
            ward.Beds.Add(bed);
        }

        var device = new DeviceState { Index = ward.Devices.Count, Bed = bed.Index, Id = topic.Device, Subject = topic.Subject };
        ward.Devices.Add(device);
        bed.Devices.Add(device.Index);
        _bySubject.Add(device.Subject, device);
        PathRule.Appeared(ward, device);
        return device;
    }

    private void Remember(Binding binding)
    {
        var id = binding.Topic.Id;
        if (id < 0)
        {
            return;
        }

        if (id >= _byTopic.Length)
        {
            Array.Resize(ref _byTopic, Math.Max(id + 1, _byTopic.Length * 2));
        }

        _byTopic[id] = binding;
    }

    private readonly record struct Binding(Topic Topic, DeviceState Device, WaveState? Wave);
}
