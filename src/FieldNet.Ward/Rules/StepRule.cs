using System.Globalization;
using FieldNet.Ward.State;
using FieldNet.Ward.Views;

namespace FieldNet.Ward.Rules;

/// <summary>Decides whom to believe about one step of a gateway's chain.</summary>
/// <remarks>
/// The surer word stands. A less sure one replaces it once the surer has not been repeated for <see cref="StaleUs"/>; until then what it says otherwise is kept
/// as a contradiction, to be shown. The plan is believed only while nobody else has spoken.
/// </remarks>
internal static class StepRule
{
    /// <summary>After this long without being repeated a word is no longer news: several reports of a gateway (1 to 10 s) and of the core (5 to 10 s).</summary>
    public const long StaleUs = 30_000_000;

    public const string Plan = "plan";
    public const string Gateway = "gateway";

    /// <returns>True when the step has another value now.</returns>
    public static bool Say(long nowUs, GatewayState gateway, GatewayStep step, string value, double confidence, string from)
    {
        var state = gateway[step];
        if (value.Length is 0 or > WardLimits.IdentityText)
        {
            return false;
        }

        var believed = state.Value.Length == 0 || from == state.From || confidence >= state.Confidence || IsStale(state, nowUs);
        if (!believed)
        {
            Contradict(state, value == state.Value ? "" : value, from, nowUs);
            return false;
        }

        var changed = state.Value != value;
        if (changed)
        {
            if (state.Value.Length > 0 && state.From != Plan)
            {
                PathRule.Remember(gateway.History, new IdentityChange(nowUs, NameOf(step), state.Value, value));
            }

            if (from != state.From && state.From.Length > 0 && state.From != Plan)
            {
                (state.Contrary, state.ContraryFrom, state.ContraryUs) = (state.Value, state.From, state.SaidUs);
            }
        }

        if (state.Contrary == value || state.ContraryFrom == from)
        {
            Contradict(state, "", state.ContraryFrom, nowUs);
        }

        state.SinceUs = changed || state.From == Plan ? nowUs : state.SinceUs;
        (state.Value, state.Confidence, state.From, state.SaidUs) = (value, confidence, from, nowUs);
        TakeFiveQi(gateway, step);
        return changed;
    }

    /// <summary>What the plan says: believed from the start, and until somebody else speaks.</summary>
    public static void Planned(GatewayState gateway, GatewayStep step, string value)
    {
        var state = gateway[step];
        state.Planned = value;
        if (state.Value.Length == 0 || state.From == Plan)
        {
            (state.Value, state.From, state.Confidence) = (value, value.Length > 0 ? Plan : "", value.Length > 0 ? PlanConfidence : 0);
            TakeFiveQi(gateway, step);
        }
    }

    private static void TakeFiveQi(GatewayState gateway, GatewayStep step)
    {
        if (step == GatewayStep.FiveQi)
        {
            gateway.FiveQi = uint.TryParse(gateway[step].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var fiveQi) ? fiveQi : null;
        }
    }

    /// <summary>A plan is what somebody meant to build.</summary>
    public const double PlanConfidence = 0.3;

    public static bool IsStale(StepState state, long nowUs) => nowUs - state.SaidUs > StaleUs;

    public static string NameOf(GatewayStep step) => step switch
    {
        GatewayStep.Ip => "ip",
        GatewayStep.Supi => "supi",
        GatewayStep.Cell => "cell",
        GatewayStep.Rnti => "rnti",
        GatewayStep.Slice => "slice",
        _ => "five_qi",
    };

    private static void Contradict(StepState state, string value, string from, long nowUs)
    {
        if (value.Length > 0 || state.ContraryFrom == from)
        {
            (state.Contrary, state.ContraryFrom, state.ContraryUs) = (value, value.Length > 0 ? from : "", nowUs);
        }
    }
}
