using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.TestKit;

/// <summary>Acme as it would be if it listed by id: GET tasks?ids=a,b.</summary>
internal sealed class AcmeListingAdapter : AcmeAdapter, IListsJobs
{
    public int IdsPerList { get; init; } = 100;

    public bool TellsJobsApart => false;

    public WireRequest BuildList(ListQuery query) =>
        WireRequest.Get("tasks?ids=" + string.Join(",", query.Ids.Select(Uri.EscapeDataString)));

    public ListReading ReadList(ListQuery query, WireResponse response) =>
        new([.. response.Body["tasks"].Items.Select(task => new ListedJob(task["id"].Text!, Update(task)))], NextCursor: null);
}
