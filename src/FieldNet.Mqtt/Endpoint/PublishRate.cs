namespace FieldNet.Mqtt.Endpoint;

/// <summary>A token bucket over one client's PUBLISH packets: so many a second, and a second's worth at once.</summary>
/// <remarks>Threading: the read side.</remarks>
/// <param name="perSecond">0 for no limit.</param>
internal struct PublishRate(int perSecond)
{
    private const double UsPerSecond = 1e6;

    private double _tokens = perSecond;
    private long _refilledUs;

    /// <summary>Time has passed.</summary>
    public void Refill(long nowUs)
    {
        var elapsedUs = _refilledUs == 0 ? 0 : nowUs - _refilledUs;
        _tokens = Math.Min(perSecond, _tokens + (elapsedUs * perSecond / UsPerSecond));
        _refilledUs = nowUs;
    }

    /// <returns>False when one more is too fast.</returns>
    public bool TryTake()
    {
        if (perSecond == 0)
        {
            return true;
        }

        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    /// <summary>What was taken was not sent after all.</summary>
    public void GiveBack() => _tokens++;
}
