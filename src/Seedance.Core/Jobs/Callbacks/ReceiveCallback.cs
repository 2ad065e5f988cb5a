using System.Text.Json;
using Seedance.Jobs.Query;
using Seedance.Polling;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Updates;
using Seedance.Wire;

namespace Seedance.Jobs.Callbacks;

/// <summary>
/// From a callback's body to the job as the provider tells it now. The body only says which job to ask about; nothing it claims is
/// believed, so a forged, repeated or late one changes nothing.
/// </summary>
internal sealed class ReceiveCallback(SeedanceServices services, JobLookup lookup)
{
    private const int LargestBody = 8 * 1024 * 1024;

    public async Task RunAsync(ReceivedCallback callback, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            StoredJob stored = await FindAsync(callback, stop).ConfigureAwait(false);
            if (callback.Secret is null)
            {
                output.Verbose("The callback of " + stored.Job.Id + " was not verified; the provider is asked instead.");
            }

            PollOutcome result = await AskAsync(stored, output, stop).ConfigureAwait(false);
            output.Write(result.Error is { } error ? throw error : result.Stored.Job);
        }
        catch (Exception error) when (Unforeseen.IsError(error, stop))
        {
            output.Error(Unforeseen.Of(error));
        }
    }

    /// <summary>The job that a callback means. Throws where it means none of this state folder, or its signature is not right.</summary>
    public async Task<StoredJob> FindAsync(ReceivedCallback callback, CancellationToken stop)
    {
        IReadOnlyList<CallbackName> names = Names(callback);
        return await LookUpAsync(names, stop).ConfigureAwait(false) ?? throw Unknown(names);
    }

    /// <summary>The jobs that a callback may mean. Throws where it is none, or its signature is not right.</summary>
    public IReadOnlyList<CallbackName> Names(ReceivedCallback callback)
    {
        List<CallbackName> named = Candidates(callback, Parse(callback.Body));
        return callback.Secret is { } secret ? Verified(named, callback, secret) : named;
    }

    public async Task<StoredJob?> LookUpAsync(IReadOnlyList<CallbackName> names, CancellationToken stop)
    {
        foreach (CallbackName name in names)
        {
            if (await services.Store.FindByProviderJobIdAsync(name.Adapter.Provider.Name, name.Id, stop)
                .ConfigureAwait(false) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    /// <summary>
    /// How the provider says that it stands, which whoever waits for it in this process hears too. A job that is known to have ended is not
    /// asked for again: a repeated callback costs no request.
    /// </summary>
    public async Task<PollOutcome> AskAsync(StoredJob stored, IOperationOutput output, CancellationToken stop)
    {
        SeedanceJob job = stored.Job;
        PollOutcome result = job.IsFinished && !ForgottenJob.Is(job) && (job.State != JobStatus.Succeeded || job.Outputs.Count > 0)
            ? new PollOutcome(stored)
            : await services.Poller.PollAsync(stored, lookup.AccountOf(job), output, stop).ConfigureAwait(false);
        await services.Scheduler.LearnAsync(result).ConfigureAwait(false);
        return result;
    }

    private static WireNode Parse(byte[] body)
    {
        if (body.Length > LargestBody)
        {
            throw Refused("The callback's body has " + body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)
                + " bytes, more than any provider sends.");
        }

        try
        {
            return HostJson.Parse(HostText.Decode(body, contentType: null), Redactor.None);
        }
        catch (JsonException error)
        {
            throw Refused("The callback's body is not readable JSON.", error);
        }
    }

    /// <summary>Every provider that the body may be from, with the id it would have there.</summary>
    private static List<CallbackName> Candidates(ReceivedCallback callback, WireNode body)
    {
        IEnumerable<IProviderAdapter> asked = ProviderRegistry.All;
        if (callback.Provider is { Length: > 0 } name)
        {
            asked = [ProviderRegistry.Find(name) ?? throw Refused("There is no provider named '" + name + "'.")];
        }

        List<CallbackName> named = [];
        foreach (IProviderAdapter adapter in asked)
        {
            if (adapter is IReadsCallbacks reads && reads.ReadCallbackId(body) is { } id && ProviderJobIds.IsUsable(id))
            {
                named.Add(new CallbackName(adapter, id) { IsProgress = (adapter as ICallsAtEachChange)?.IsProgress(body) == true });
            }
        }

        if (named.Count == 0)
        {
            throw Refused("The body is no callback of " + (callback.Provider is { Length: > 0 } ? callback.Provider : "any provider")
                + ".");
        }

        return callback.Secret is null ? named : Signing(named);
    }

    private static List<CallbackName> Signing(List<CallbackName> named)
    {
        List<CallbackName> signing = [.. named.Where(candidate => candidate.Adapter is IVerifiesCallbacks)];
        if (signing.Count > 0)
        {
            return signing;
        }

        string whose = string.Join(" or ", named.Select(candidate => candidate.Adapter.Provider.Name));
        throw new SeedanceException(
            ErrorCode.NotSupportedByProvider, "A callback of " + whose + " cannot be checked with a secret. Nothing was changed.")
        {
            Provider = named.Count == 1 ? whose : null,
            RecommendedAction = "Leave -Secret out: nothing of the body is believed, and the provider itself is asked for the job.",
        };
    }

    private List<CallbackName> Verified(List<CallbackName> named, ReceivedCallback callback, string secret)
    {
        List<CallbackName> verified = [];
        string? wrong = null;
        foreach (CallbackName candidate in named)
        {
            if (((IVerifiesCallbacks)candidate.Adapter)
                .FindForgery(callback.Headers, callback.Body, secret, services.Time.GetUtcNow()) is { } forgery)
            {
                wrong ??= "The callback was not sent by " + candidate.Adapter.Provider.Name + ": " + forgery + ".";
            }
            else
            {
                verified.Add(candidate);
            }
        }

        return verified.Count > 0 ? verified : throw Refused(wrong!);
    }

    private static SeedanceException Unknown(IReadOnlyList<CallbackName> names)
    {
        string id = Shorten(names[0].Id);
        return new SeedanceException(ErrorCode.JobNotFound, "No job of this state folder has the provider's id '" + id + "'.")
        {
            Provider = names.Count == 1 ? names[0].Adapter.Provider.Name : null,
            Target = id,
            RecommendedAction =
                "If the job is yours, adopt it with Get-SeedanceJob -ProviderJobId; SEEDANCE_HOME names another state folder.",
        };
    }

    public static string Shorten(string id) => id.Length <= 100 ? id : id.Substring(0, 100) + "...";

    private static SeedanceException Refused(string what, Exception? cause = null) =>
        new(ErrorCode.InvalidRequest, what + " Nothing was changed.", cause)
    {
        RecommendedAction = "Pass on the body exactly as it was received, and its headers where a secret is given.",
    };
}
