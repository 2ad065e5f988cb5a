using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Jobs.Remake;
using Seedance.Jobs.Submit;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Records;
using Seedance.TestKit;

namespace Seedance.Core.Tests.Jobs.Submit;

/// <summary>Requests that are made from a job.</summary>
public abstract class FromJobSuite
{
    private protected static Account Muapi => TestServices.Account(ProviderRegistry.Find("Muapi"));

    private protected static SeedanceJob Job(VideoRequest request) =>
        new() { Id = "20260301-120000-000abcd", Provider = "Muapi", Model = request.Model ?? "seedance-2-mini", Request = request,
        Prompt = request.Prompt };

    private protected static RequestOrigin Of(SeedanceJob job) => new(job.Request!) { Job = job };

    private protected static AskedVideo Single(VideoInput given, SeedanceJob job, Func<RequestInput, RequestInput>? with = null)
    {
        RequestInput input = new(given);
        return Assert.Single((with is null ? input : with(input)).Videos(Of(job), ModelCatalogue.BuiltIn, _ => null, path => path));
    }

    private protected static string Text(VideoRequest request) => RequestDocument.Write(request);

    private protected static PreparedSubmit? TryPrepare(Account account, VideoRequest request, RequestTerms? terms = null)
    {
        try
        {
            return PrepareSubmit.Run(account, request, terms);
        }
        catch (SeedanceException)
        {
            return null; // Not every combination is possible; how many are is counted.
        }
    }
}
