namespace FieldNet.Detection.Incidents;

/// <summary>Whether so many of a group are affected by chance.</summary>
public static class BinomialTail
{
    /// <summary>The chance that <paramref name="affected"/> or more of <paramref name="members"/> are, if each is with chance <paramref name="each"/> alone.</summary>
    public static double AtLeast(int affected, int members, double each)
    {
        if (affected <= 0)
        {
            return 1;
        }

        // From the top down: the terms grow towards the mean, and none of them needs a logarithm.
        var term = 1.0;
        for (var i = 0; i < members; i++)
        {
            term *= each;
        }

        var sum = term;
        for (var k = members; k > affected; k--)
        {
            term *= k / (double)(members - k + 1) * ((1 - each) / each);
            sum += term;
        }

        return Math.Min(1, sum);
    }
}
