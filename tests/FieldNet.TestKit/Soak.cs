using System.Globalization;

namespace FieldNet.TestKit;

/// <summary>How long a test that can never be long enough goes on: <c>FIELDNET_SOAK=1</c> asks for its long form, a greater number for so many rounds.</summary>
public static class Soak
{
    /// <param name="usual">Rounds without it.</param>
    /// <param name="atLength">Rounds of the long form.</param>
    public static int Rounds(int usual, int atLength) =>
        !int.TryParse(Environment.GetEnvironmentVariable("FIELDNET_SOAK"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? usual
        : asked <= 1 ? atLength
        : asked;
}
