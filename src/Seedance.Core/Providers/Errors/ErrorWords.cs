using System.Text.RegularExpressions;

namespace Seedance.Providers;

/// <summary>What a refusal is about, judged by its words, where a host's status or code does not tell.</summary>
internal static class ErrorWords
{
    private static readonly string[] s_policy =
    [
        "policy", "moderat", "sensitive", "nsfw", "prohibited", "inappropriate", "unsafe", "safety", "copyright", "real person",
        "violates", "violation",
        "content_rejected", "content rejected", "content_refused", "flagged",
    ];

    private static readonly string[] s_money = ["insufficient", "not enough credit", "balance too low", "top up", "out of credit"];

    /// <summary>Narrower than the words for money: beside a 429, "insufficient" may be the host's own capacity.</summary>
    private static readonly string[] s_spent =
    [
        "insufficient balance", "insufficient credit", "insufficient fund", "insufficient quota", "insufficient_quota",
        "insufficient_user_quota",
        "insufficient wallet", "not enough credit", "balance too low", "top up", "out of credit", "spending limit", "spending cap",
        "credit limit",
    ];

    private static readonly string[] s_validation =
    [
        "must be", "should be", "is required", "required field", "field required", "missing", "not a valid", "invalid value",
        "out of range",
        "not supported", "unsupported", "validation", "permitted", "greater than", "less than", "should match", "should have", "at most",
        "at least",
    ];

    /// <summary>
    /// How an error about a request's form names a field: <c>enable_safety_checker</c>, <c>safetyIdentifier</c>, or any word before a
    /// colon. Such a name says nothing of the content.
    /// </summary>
    private static readonly Regex s_fieldName = new(
        @"\b\w+_\w+\b|\b[a-z]+[A-Z]\w*\b|(?<=^|[;,.]\s*|\n)[\w.-]+(?=:)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));

    private static readonly string[] s_model =
        ["model not found", "unknown model", "no such model", "model does not exist", "model is not found", "invalid model",
            "model_not_found", "workflow not found"];

    public static bool IsModel(string? text) => Any(s_model, text);

    /// <summary>The account is spent, so that asking again is of no use whatever the status says.</summary>
    public static bool IsSpent(string? text) => Any(s_spent, text);

    public static bool IsPolicy(string? text) => Any(s_policy, IsValidation(text) ? s_fieldName.Replace(text!, " ") : text);

    public static bool IsValidation(string? text) => Any(s_validation, text);

    public static ErrorCode Judge(string? text, ErrorCode otherwise) =>
        IsPolicy(text) ? ErrorCode.ContentRejected : Any(s_money, text) ? ErrorCode.InsufficientCredits : otherwise;

    private static bool Any(string[] words, string? text) =>
        text is not null && words.Any(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
