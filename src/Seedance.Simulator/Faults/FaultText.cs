using Seedance.Simulator.Messages;

namespace Seedance.Simulator.Faults;

/// <summary>The textual form of a fault: <c>where:which what [value]</c>.</summary>
internal static class FaultText
{
    private const string RetryAfter = "retry-after=";
    private const string RetryAfterDate = "retry-after-date=";

    // Both 429 kinds share one word; what follows it tells them apart.
    private static readonly Dictionary<SimulatorFaultKind, string> s_words = new()
    {
        [SimulatorFaultKind.Delay] = "delay",
        [SimulatorFaultKind.ResetBeforeAccept] = "reset-before-accept",
        [SimulatorFaultKind.ResetAfterAccept] = "reset-after-accept",
        [SimulatorFaultKind.RateLimitSeconds] = "429",
        [SimulatorFaultKind.RateLimitDate] = "429",
        [SimulatorFaultKind.ServerErrorBeforeAccept] = "status",
        [SimulatorFaultKind.ServerErrorAfterAccept] = "status-after-accept",
        [SimulatorFaultKind.HtmlBody] = "html",
        [SimulatorFaultKind.TruncatedBody] = "truncated",
        [SimulatorFaultKind.InvalidUtf8Body] = "invalid-utf8",
        [SimulatorFaultKind.EmptyBody] = "empty-body",
        [SimulatorFaultKind.UnknownStatus] = "unknown-status",
        [SimulatorFaultKind.NotFoundAfterCreate] = "not-found",
        [SimulatorFaultKind.SuccessWithoutUrl] = "success-without-url",
        [SimulatorFaultKind.NoRanges] = "no-ranges",
        [SimulatorFaultKind.WrongRange] = "wrong-range",
        [SimulatorFaultKind.CutBody] = "cut",
        [SimulatorFaultKind.ExpiredUrl] = "expired-url",
        [SimulatorFaultKind.ChangedMedia] = "changed-media",
        [SimulatorFaultKind.JobFails] = "job-fails",
        [SimulatorFaultKind.JobNeverEnds] = "job-never-ends",
        [SimulatorFaultKind.CallbackLost] = "lost",
        [SimulatorFaultKind.CallbackTwice] = "twice",
        [SimulatorFaultKind.CallbackForged] = "forged",
        [SimulatorFaultKind.CallbackOutOfOrder] = "out-of-order",
    };

    public static string Word(SimulatorFaultKind kind) => s_words[kind];

    public static string Word(SimulatorRequestKind? kind) => kind is { } some ? some.ToString().ToLowerInvariant() : "any";

    public static string Format(SimulatorFault fault)
    {
        string which = fault.Request == 0 ? "*"
            : fault.Count == 1 ? Number(fault.Request)
            : Number(fault.Request) + "-" + Number(fault.Request + fault.Count - 1);
        string value = fault.Kind switch
        {
            SimulatorFaultKind.Delay => Number(fault.Delay.TotalSeconds),
            SimulatorFaultKind.RateLimitSeconds =>
                fault.Delay == TimeSpan.Zero ? string.Empty : RetryAfter + Number(fault.Delay.TotalSeconds),
            SimulatorFaultKind.RateLimitDate => RetryAfterDate + Number(fault.Delay.TotalSeconds),
            SimulatorFaultKind.ServerErrorBeforeAccept or SimulatorFaultKind.ServerErrorAfterAccept or SimulatorFaultKind.HtmlBody =>
                fault.StatusCode == 0 ? string.Empty : Number(fault.StatusCode),
            SimulatorFaultKind.TruncatedBody or SimulatorFaultKind.CutBody => Number(fault.Fraction),
            SimulatorFaultKind.UnknownStatus or SimulatorFaultKind.JobFails => fault.Text ?? string.Empty,
            _ => string.Empty,
        };
        return $"{Word(fault.On)}:{which} {Word(fault.Kind)} {value}".TrimEnd();
    }

    public static SimulatorFault Parse(string text)
    {
        string[] words = (text ?? string.Empty).Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            throw Bad(text, "expected 'where:which what', such as 'submit:2 reset-after-accept'");
        }

        SimulatorFault fault = WithValue(text!, Where(text!, words[0]), words[1], words.Length == 3 ? words[2].Trim() : null);
        return FaultRules.Problem(fault) is { } problem ? throw Bad(text, problem.TrimEnd('.')) : fault;
    }

    private static SimulatorFault Where(string text, string where)
    {
        int colon = where.IndexOf(':');
        string kind = colon < 0 ? where : where.Substring(0, colon);
        string which = colon < 0 ? string.Empty : where.Substring(colon + 1);
        SimulatorRequestKind? on = null;
        if (!string.Equals(kind, "any", StringComparison.OrdinalIgnoreCase))
        {
            // TryParse also reads numbers; a number here is a slip, not a kind.
            on = Enum.TryParse(kind, ignoreCase: true, out SimulatorRequestKind parsed) && kind.All(char.IsLetter)
                ? parsed
                : throw Bad(text,
                    $"'{kind}' is no kind of request; use any, "
                    + string.Join(", ", Enum.GetNames(typeof(SimulatorRequestKind)).Select(name => name.ToLowerInvariant())));
        }

        if (which == "*")
        {
            return new SimulatorFault { On = on };
        }

        string[] ends = which.Split('-');
        int last = 0;
        if (ends.Length > 2 || !Whole(ends[0], out int first) || (ends.Length == 2 && !Whole(ends[1], out last)))
        {
            throw Bad(text, $"'{which}' is no request number; use 2, 3-5 or *");
        }

        last = ends.Length == 2 ? last : first;
        return first < 1 || last < first
            ? throw Bad(text, $"'{which}' is no range of request numbers counted from 1")
            : new SimulatorFault { On = on, Request = first, Count = last - first + 1 };
    }

    private static SimulatorFault WithValue(string text, SimulatorFault fault, string word, string? value)
    {
        fault = fault with { Kind = KindOf(text, word, value) };
        switch (fault.Kind)
        {
            case SimulatorFaultKind.Delay:
                return fault with { Delay = Seconds(text, value) };
            case SimulatorFaultKind.RateLimitSeconds:
                return value is null ? fault
                    : value.StartsWith(RetryAfter, StringComparison.OrdinalIgnoreCase)
                        ? fault with { Delay = Seconds(text, value.Substring(RetryAfter.Length)) }
                    : throw Bad(text, "after 429 comes retry-after=<seconds> or retry-after-date=<seconds from now>");
            case SimulatorFaultKind.RateLimitDate:
                return fault with { Delay = Seconds(text, value!.Substring(RetryAfterDate.Length)) };
            case SimulatorFaultKind.ServerErrorBeforeAccept or SimulatorFaultKind.ServerErrorAfterAccept or SimulatorFaultKind.HtmlBody:
                return value is null ? fault : Whole(value, out int status)
                    ? fault with { StatusCode = status }
                    : throw Bad(text, $"'{value}' is no status code");
            case SimulatorFaultKind.TruncatedBody or SimulatorFaultKind.CutBody:
                return value is null ? fault : fault with { Fraction = Fraction(text, value) };
            case SimulatorFaultKind.UnknownStatus or SimulatorFaultKind.JobFails:
                return fault with { Text = value };
            default:
                return value is null ? fault : throw Bad(text, $"'{word}' takes no value");
        }
    }

    private static SimulatorFaultKind KindOf(string text, string word, string? value)
    {
        if (word == "429")
        {
            return value?.StartsWith(RetryAfterDate, StringComparison.OrdinalIgnoreCase) == true
                ? SimulatorFaultKind.RateLimitDate
                : SimulatorFaultKind.RateLimitSeconds;
        }

        foreach (KeyValuePair<SimulatorFaultKind, string> known in s_words)
        {
            if (string.Equals(known.Value, word, StringComparison.OrdinalIgnoreCase))
            {
                return known.Key;
            }
        }

        throw Bad(text, $"'{word}' is no fault; use {string.Join(", ", s_words.Values.Distinct(StringComparer.Ordinal))}");
    }

    private static TimeSpan Seconds(string text, string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e6
            ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : throw Bad(text, $"'{value}' is no number of seconds");

    private static double Fraction(string text, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double fraction)
            ? fraction
            : throw Bad(text, $"'{value}' is no fraction");

    private static bool Whole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Number(double number) => number.ToString("0.#######", CultureInfo.InvariantCulture);

    private static FormatException Bad(string? text, string why) => new($"'{text}' is no fault: {why}.");
}
