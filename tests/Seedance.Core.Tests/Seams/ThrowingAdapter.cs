using Seedance.Models;
using Seedance.Providers;
using Seedance.TestKit;
using Seedance.Wire;

namespace Seedance.Core.Tests.Seams;

/// <summary>Acme, whose every member throws what it is told to.</summary>
internal sealed class ThrowingAdapter(Trap trap) : IProviderAdapter, IListsJobs, ICancelsJobs, IReportsCredits
{
    private readonly RichAcmeAdapter _rich = new();

    public ProviderInfo Provider => _rich.Provider;

    public IReadOnlyList<ModelCapability> Models => _rich.Models;

    public int IdsPerList => 0;

    public bool TellsJobsApart => true;

    public bool OnlyWhileQueued => false;

    public WireRequest Sign(WireRequest request, string key) => At(nameof(Sign), () => _rich.Sign(request, key));

    public WireRequest BuildSubmit(VideoRequest request, SeedanceModel model) =>
        At(nameof(BuildSubmit), () => _rich.BuildSubmit(request, model));

    public SubmitReading ReadSubmit(WireResponse response) => At(nameof(ReadSubmit), () => _rich.ReadSubmit(response));

    public WireRequest BuildPoll(ProviderJob job) => At(nameof(BuildPoll), () => _rich.BuildPoll(job));

    public PollReading ReadPoll(ProviderJob job, WireResponse response) => At(nameof(ReadPoll), () => _rich.ReadPoll(job, response));

    public WireError ReadError(WireResponse response) => At(nameof(ReadError), () => _rich.ReadError(response));

    public WireRequest BuildList(ListQuery query) => At(nameof(BuildList), () => _rich.BuildList(query));

    public ListReading ReadList(ListQuery query, WireResponse response) => At(nameof(ReadList), () => _rich.ReadList(query, response));

    public WireRequest BuildCancel(ProviderJob job) => At(nameof(BuildCancel), () => _rich.BuildCancel(job));

    public WireError? ReadCancel(WireResponse response) => At(nameof(ReadCancel), () => _rich.ReadCancel(response));

    public WireRequest BuildCredits() => At(nameof(BuildCredits), () => WireRequest.Get("tasks"));

    public IReadOnlyList<CreditPool> ReadCredits(WireResponse response) =>
        At(nameof(ReadCredits), () => new CreditPool[] { new("Balance", 1, "USD") });

    private T At<T>(string member, Func<T> otherwise)
    {
        trap.Spring(member);
        return otherwise();
    }
}
