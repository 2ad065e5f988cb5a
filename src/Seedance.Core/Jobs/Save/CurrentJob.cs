namespace Seedance.Jobs.Save;

/// <summary>The job while it is being saved: it learns its files, and its addresses may be asked for anew, once for all of them.</summary>
internal sealed class CurrentJob(SaveRequest request)
{
    private bool _refreshed;

    public SeedanceJob Job { get; private set; } = request.Job;

    /// <summary>The places of the outputs to save.</summary>
    public async Task<IReadOnlyList<int>> ChooseAsync(CancellationToken stop)
    {
        if (Choose() is { Count: > 0 } chosen)
        {
            return chosen;
        }

        await RefreshAsync(stop).ConfigureAwait(false);
        const string Action = "Ask again later with Get-SeedanceJob -Refresh; if no file appears, ask the provider.";
        return Choose() is { Count: > 0 } found ? found : throw new SeedanceException(
            ErrorCode.OutputMissing,
            "The provider says that the job " + Job.Id + " succeeded and names no file to fetch.") { RecommendedAction = Action };
    }

    /// <summary>
    /// The address of an output after asking the provider; null when there is none, or it was asked before and nothing is newer.
    /// </summary>
    public async Task<Uri?> FreshAddressAsync(int index, Uri lapsed, CancellationToken stop)
    {
        string kind = Job.Outputs[index].Kind;
        bool asked = _refreshed;
        await RefreshAsync(stop).ConfigureAwait(false);
        JobOutput? output = index < Job.Outputs.Count && Job.Outputs[index].Kind == kind ? Job.Outputs[index] : null;
        return !IsFetchable(output?.Url) || (asked && output!.Url == lapsed) ? null : output!.Url;
    }

    public void Saved(int index, string path, string sha256, long length)
    {
        JobOutput[] outputs = [.. Job.Outputs];
        outputs[index] = outputs[index] with { Path = path, Sha256 = sha256, Length = length };
        Job = Job with { Outputs = outputs };
    }

    private static bool IsFetchable(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private List<int> Choose()
    {
        List<int> fetchable = [.. Enumerable.Range(0, Job.Outputs.Count).Where(index => IsFetchable(Job.Outputs[index].Url))];
        if (request.AllOutputs || fetchable.Count == 0)
        {
            return fetchable;
        }

        int video = fetchable.FindIndex(index => Job.Outputs[index].Kind == "Video");
        return [fetchable[Math.Max(0, video)]];
    }

    private async Task RefreshAsync(CancellationToken stop)
    {
        if (_refreshed)
        {
            return;
        }

        _refreshed = true;
        if (await request.Refresh(stop).ConfigureAwait(false) is not { } fresh)
        {
            return;
        }

        // What was saved in this run stays known; an output that the provider no longer names stays as it was.
        IReadOnlyList<JobOutput> old = Job.Outputs;
        List<JobOutput> outputs = [];
        for (int i = 0; i < Math.Max(old.Count, fresh.Outputs.Count); i++)
        {
            JobOutput? now = i < fresh.Outputs.Count ? fresh.Outputs[i] : null;
            JobOutput? before = i < old.Count ? old[i] : null;
            outputs.Add(now is null ? before! : now with
            {
                Path = before?.Path ?? now.Path,
                Sha256 = before?.Sha256 ?? now.Sha256,
                Length = before?.Length ?? now.Length,
            });
        }

        Job = fresh with { Outputs = outputs };
    }
}
