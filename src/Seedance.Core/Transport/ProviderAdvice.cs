using Seedance.Accounts;
using Seedance.Providers;

namespace Seedance.Transport;

/// <summary>
/// What to do about a refusal. The same word of a host asks for something else after a submit, a poll and a look at the balance.
/// </summary>
internal static class ProviderAdvice
{
    /// <summary>Never empty, and never the command that was refused.</summary>
    public static string For(ErrorCode code, Account account, ProviderCall call, int status)
    {
        string host = account.BaseUri.Host;
        if (status is >= 300 and < 400)
        {
            return "Set the base address of the profile, " + host + " now, to where it points." + Spent(call);
        }

        return code switch
        {
            ErrorCode.AuthenticationFailed => "Check the key" + Place(account) + "." + Consequence(call),
            ErrorCode.AccessDenied => "Check what the key's plan and rights include." + Consequence(call),
            ErrorCode.InsufficientCredits => TopUp(account, call) + Consequence(call),
            ErrorCode.ContentRejected =>
                call.IsBeforeSubmit ? "Change the prompt or the references." + Spent(call) : "Look at the job in the provider's dashboard.",
            ErrorCode.RateLimited or ErrorCode.SlotTimeout =>
                call.IsBeforeSubmit
                ? "Wait for running jobs to end, or lower the profile's -Concurrency."
                : "Ask again in a minute." + Consequence(call),
            ErrorCode.ProviderUnavailable => "Try again later." + (call.Verb == ProviderVerb.Submit ? string.Empty : Consequence(call)),
            ErrorCode.JobNotFound =>
                "Check the id, and that profile and key are those of the account that made the job; providers forget jobs after some days.",
            ErrorCode.ModelNotFound =>
                "Check -Model (Get-SeedanceModel -Provider " + account.Provider
                + " lists what is known), whether the account may use the model, and the base address ("
                + host + ")." + Spent(call),
            ErrorCode.ProtocolError =>
                "Check the base address (" + host + "); if it is right, report the excerpt to the provider."
                + (call.Verb == ProviderVerb.Submit ? string.Empty : Consequence(call)),
            _ => call.MeansModel ? "Change the request; Get-SeedanceModel tells what the model takes." + Spent(call)
                : call.Verb == ProviderVerb.Upload ? "Check the file, or give an https address of it." + Spent(call)
                : call.IsAboutJob
                    ? "What it says above tells which part; check the id, and that the account and the base address (" + host
                    + ") are the right ones."
                : "What it says above tells which part; check that the account and the base address (" + host + ") are the right ones.",
        };
    }

    private static string Place(Account account) =>
        account.Adapter.Provider.KeyVariable is { } variable ? " in " + variable + " or in the profile" : string.Empty;

    private static string TopUp(Account account, ProviderCall call) =>
        call.Verb != ProviderVerb.Balance && account.Adapter is IReportsCredits
            ? "Top up the account; Get-SeedanceCredits shows the balance."
            : "Top up the account in the provider's dashboard.";

    private static string Consequence(ProviderCall call) =>
        call.IsBeforeSubmit ? Spent(call) : call.IsAboutJob ? " The job itself is not touched by this." : string.Empty;

    private static string Spent(ProviderCall call) =>
        call.Verb == ProviderVerb.Submit ? " Nothing was spent." : call.IsBeforeSubmit ? " Nothing was submitted or spent." : string.Empty;
}
