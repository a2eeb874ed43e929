namespace FieldNet.Detection.Incidents;

/// <summary>Whether so many of a group are affected by chance.</summary>
public static class BinomialTail
{
    private const double Large = 1e200;

    /// <summary>The chance that <paramref name="affected"/> or more of <paramref name="members"/> are, if each is with chance <paramref name="each"/> alone.</summary>
    public static double AtLeast(int affected, int members, double each)
    {
        if (affected <= 0 || each <= 0)
        {
            return affected <= 0 ? 1 : 0;
        }

        // From the top down, each term as a multiple of that of all: that itself is too small for a double when there are many.
        var (term, tail, all) = (1.0, 1.0, 1.0);
        for (var k = members; k > 0; k--)
        {
            term *= k / (double)(members - k + 1) * ((1 - each) / each);
            (tail, all) = (tail + (k > affected ? term : 0), all + term);
            if (all > Large)
            {
                (term, tail, all) = (term / Large, tail / Large, all / Large);
            }
        }

        return tail / all;
    }
}
