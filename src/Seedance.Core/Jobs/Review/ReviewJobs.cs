using Seedance.Downloads;
using Seedance.Jobs.Label;
using Seedance.Jobs.Query;
using Seedance.Jobs.Save;
using Seedance.Records;
using Seedance.Storage;

namespace Seedance.Jobs.Review;

/// <summary>Shows jobs side by side, in a file or on a loopback port until some of them are chosen.</summary>
internal sealed class ReviewJobs(SeedanceServices services, Browser browser)
{
    private const string PageName = "review.html";
    private const string Activity = "Reviewing Seedance videos";

    /// <summary>Refuses before anything is paid for a place where no page could be written.</summary>
    public static void Prove(string path, bool force)
    {
        SaveFolder.OfSystem.Prove(Path.GetDirectoryName(path)!);
        RequireOurs(path, force);
    }

    /// <summary>Each job once, as its record has it now; one that cannot be read is reported, and the others are shown.</summary>
    public async Task<ReviewPage> GatherAsync(IReadOnlyList<JobReference> given, IOperationOutput output, CancellationToken stop)
    {
        List<ReviewClip> clips = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JobReference reference in given.Where(reference => seen.Add(reference.Id)))
        {
            try
            {
                SeedanceJob job = await CurrentAsync(reference, stop).ConfigureAwait(false);
                clips.Add(ReviewClip.Of(job, FinalPrice.Of(job, services.Catalogue)));
            }
            catch (Exception error) when (Unforeseen.IsError(error, stop))
            {
                output.Error(Unforeseen.Of(error, reference.Id));
            }
        }

        return new ReviewPage(clips);
    }

    /// <summary>
    /// Writes the page beside the files that it shows, and opens it. <paramref name="path"/> is the page's; null is beside the first video,
    /// or in <paramref name="otherwise"/> where nothing is saved. <paramref name="force"/> replaces a file that is no page of ours.
    /// <paramref name="output"/> is told where no browser opens it.
    /// </summary>
    /// <returns>The file.</returns>
    public string Write(ReviewPage page, string? path, string otherwise, bool force, bool opens, IOperationOutput output)
    {
        string folder = page.Clips.Select(clip => clip.File).OfType<string>().Select(Path.GetDirectoryName).FirstOrDefault() ?? otherwise;
        string target = path ?? Path.Combine(folder, PageName);
        RequireOurs(target, force);
        try
        {
            AtomicFile.Write(target, page.ForFolder(Path.GetDirectoryName(target)!, Path.GetFileName(target), services.Time.GetUtcNow()),
                overwrite: true, durable: false);
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            throw DiskErrors.Describe(target, error);
        }

        if (opens && !browser.Open(new Uri(target).AbsoluteUri))
        {
            output.Warn("There is no browser here to open the page with; it is " + target + ".");
        }

        return target;
    }

    /// <summary>Serves the page until a choice is made in it, and writes the jobs that were chosen.</summary>
    public async Task ChooseAsync(ReviewPage page, bool opens, IOperationOutput output, CancellationToken stop)
    {
        using ReviewServer server = new(page, RateAsync, services.Time);
        string address = server.Address.AbsoluteUri;
        if (!opens || !browser.Open(address))
        {
            output.Warn("Open " + address + " in a browser of this machine to choose.");
        }

        string how = "Choose in the page at " + address + "; Ctrl+C, or closing the page, ends without a choice.";
        output.Progress(new OperationProgress(Activity, how));
        if (await server.RunAsync(stop).ConfigureAwait(false) is not { } chosen)
        {
            output.Warn(ClosedPage(server.Ticked));
            return;
        }

        foreach (SeedanceJob job in page.Clips.Select(clip => clip.Job).Where(job => chosen.Contains(job.Id)))
        {
            output.Write((await services.Store.FindAsync(job.Id, stop).ConfigureAwait(false))?.Job ?? job);
        }
    }

    /// <summary>What was ticked costs somebody's time, so it is never lost with the page.</summary>
    private static string ClosedPage(IReadOnlyList<string> ticked) =>
        "The page was closed and nothing was handed over; ratings are recorded."
        + (ticked.Count == 0
            ? string.Empty
            : " What was ticked: Get-SeedanceJob -Id " + string.Join(", ", ticked.Select(id => "'" + id + "'"))
                + " | New-SeedanceVideo -Final");

    private static void RequireOurs(string path, bool force)
    {
        if (force || ReviewPage.MayWrite(path))
        {
            return;
        }

        throw new SeedanceException(ErrorCode.FileExists, "There is another file already: " + path + ".")
        {
            RecommendedAction = "Use -Force to replace it, or another -Path.",
            Target = path,
        };
    }

    private async Task<SeedanceJob> CurrentAsync(JobReference reference, CancellationToken stop)
    {
        StoredJob? stored = await services.Store.FindAsync(reference.Id, stop).ConfigureAwait(false);
        SeedanceJob job = stored?.Job ?? reference.Given ?? throw JobLookup.NotFound(reference.Id, services);

        // A save that could not bring the record up to date has written the paths into the object alone.
        bool isSaved = job.Outputs.Any(output => output.Path is not null);
        return !isSaved && reference.Given is { } given && given.Outputs.Any(output => output.Path is not null)
            ? job with { Outputs = given.Outputs }
            : job;
    }

    private async Task RateAsync(string id, int? rating, CancellationToken stop) =>
        await new LabelJobs(services).ApplyAsync(id, new JobLabels { SetsRating = true, Rating = rating }, stop).ConfigureAwait(false);
}
