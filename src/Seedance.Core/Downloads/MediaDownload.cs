using System.Net;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Downloads;

/// <summary>
/// Brings a part to its end through cuts, changed objects and lapsed addresses. An attempt that brought the part further than ever does
/// not count; a few in a row that did not are the end, and the part stays for the next time.
/// </summary>
internal sealed class MediaDownload(HttpClients clients, TimeProvider time, IOperationOutput output)
{
    // With their pauses a minute and a half: a network that is gone for a minute ends no save, and asking it costs nothing.
    private const int MostUnreached = 10;
    private static readonly TimeSpan s_afterProgress = TimeSpan.FromMilliseconds(250);
    private static readonly RetryPolicy s_retries = RetryPolicy.Of(CallKind.Download);

    private readonly MediaCall _call = new(clients, output);

    /// <summary>
    /// Completes <paramref name="part"/>, which the caller holds. <paramref name="report"/> is told often how many bytes there are of how
    /// many, so it must be cheap. <paramref name="stop"/> ends at once and leaves a part that can be gone on with.
    /// </summary>
    public async Task RunAsync(PartFile part, MediaSource source, Action<long, long?> report, CancellationToken stop)
    {
        Uri address = source.Address;
        bool refreshed = false;
        int fruitless = 0;
        long best = part.Length;
        try
        {
            while (!part.IsComplete)
            {
                Outcome outcome = await AttemptAsync(part, source, address, report, stop).ConfigureAwait(false);
                if (outcome.Lapsed)
                {
                    Uri? fresh = refreshed || source.Refresh is null ? null : await source.Refresh(stop).ConfigureAwait(false);
                    address = fresh ?? throw outcome.ToError(address, part);
                    refreshed = true;
                    continue;
                }

                if (part.IsComplete)
                {
                    break;
                }

                bool progress = part.Length > best;
                best = Math.Max(best, part.Length);
                fruitless = progress ? 0 : fruitless + 1;
                if (fruitless >= (outcome.Unreached ? MostUnreached : s_retries.Tries))
                {
                    throw outcome.ToError(address, part);
                }

                // A host that names no pause, or one in the past, is not asked any sooner than one that is silent.
                TimeSpan own = outcome.AskAgain ? TimeSpan.Zero : progress ? s_afterProgress : s_retries.PauseAfter(fruitless);
                TimeSpan pause = outcome.RetryAfter is { } asked && asked > own ? asked : own;
                output.Verbose(string.Format(
                    CultureInfo.InvariantCulture, "{0}: {1}; going on from byte {2} in {3:0.##} s.", address.Host, outcome.What,
                    part.ResumeAt, pause.TotalSeconds));
                await time.After(pause, stop).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SeedanceException)
        {
            KeepQuietly(part);
            throw;
        }
    }

    private static void KeepQuietly(PartFile part)
    {
        try
        {
            part.Keep();
        }
        catch (SeedanceException)
        {
            // What is already being thrown matters more; without a note the next save begins anew.
        }
    }

    private async Task<Outcome> AttemptAsync(
        PartFile part, MediaSource source, Uri address, Action<long, long?> report, CancellationToken stop)
    {
        using IdleWatch watch = new(time, stop);
        bool answered = false;
        try
        {
            using HttpResponseMessage answer = await _call.SendAsync(source, address, part, watch.Token).ConfigureAwait(false);
            watch.Seen();
            answered = true;
            int status = (int)answer.StatusCode;
            if (status is not (200 or 206 or 416))
            {
                return Refusal(answer);
            }

            return await TakeAsync(answer, part, report, watch).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (stop.IsCancellationRequested && error is not SeedanceException)
        {
            throw new OperationCanceledException(error.Message, error, stop);
        }
        catch (OperationCanceledException)
        {
            return new Outcome(string.Format(CultureInfo.InvariantCulture, "nothing came for {0:0} s", IdleWatch.Longest.TotalSeconds));
        }
        catch (Exception error) when (source.IsSimulated && address.IsLoopback && Reachability.NeverConnected(error))
        {
            throw new SeedanceException(
                ErrorCode.OutputExpired, "The simulator at " + address.Authority + " has ended, and the file with it.", error)
            {
                RecommendedAction = "Make the video again where it is still wanted.",
            };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or ObjectDisposedException or WebException
            or InvalidDataException)
        {
            return new Outcome("the connection broke (" + error.GetBaseException().Message.TrimEnd('.') + ")") { Unreached = !answered };
        }
    }

    private static async Task<Outcome> TakeAsync(HttpResponseMessage answer, PartFile part, Action<long, long?> report, IdleWatch watch)
    {
        RangeVerdict verdict = RangeVerdict.Judge(answer, part.ResumeAt, part.Total, part.Validator);
        switch (verdict.Use)
        {
            case RangeUse.Complete:
                part.MarkComplete();
                return Outcome.Done;
            case RangeUse.StartOver:
                part.StartOver();
                return new Outcome("the answer does not fit the part, which begins anew") { AskAgain = true };
        }

        using MediaBody body = await MediaBody.OpenAsync(answer, watch.Token).ConfigureAwait(false);
        if (body.IsUnzipped)
        {
            verdict = verdict with { Expected = null };
            part.Begin(MediaValidator.None, total: null);
        }
        else if (verdict.Use == RangeUse.Whole)
        {
            part.Begin(MediaValidator.Read(answer), verdict.Expected);
        }

        long? total = part.Total ?? answer.Content.Headers.ContentRange?.Length;
        using BodyCopy copy = new(part, watch, have => report(have, total));
        long missing = await copy.RunAsync(body.Stream, verdict).ConfigureAwait(false);
        if (missing > 0)
        {
            return new Outcome("the body ended early");
        }

        if (missing < 0)
        {
            part.StartOver();
            return new Outcome("the body is longer than announced");
        }

        if (total is null || part.Length == total)
        {
            part.MarkComplete();
        }

        return Outcome.Done;
    }

    private Outcome Refusal(HttpResponseMessage answer)
    {
        int status = (int)answer.StatusCode;
        bool again = status is 408 or 425 or 429 or < 400 or >= 500;
        return new Outcome("the media host answered " + status.ToString(CultureInfo.InvariantCulture))
        {
            Status = status,
            Lapsed = !again,
            RetryAfter = RetryAfterHeader.Read(Header(answer, "Retry-After"), time.GetUtcNow(), Header(answer, "Date")),
        };
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private sealed record Outcome(string What)
    {
        public static Outcome Done { get; } = new("the body ended");

        public int? Status { get; init; }

        /// <summary>The address does not work; only another one can.</summary>
        public bool Lapsed { get; init; }

        /// <summary>Nothing is wrong with the host; no need to let it rest.</summary>
        public bool AskAgain { get; init; }

        /// <summary>No answer began.</summary>
        public bool Unreached { get; init; }

        public TimeSpan? RetryAfter { get; init; }

        public SeedanceException ToError(Uri address, PartFile part)
        {
            ErrorCode code = Lapsed ? ErrorCode.OutputExpired : Status == 429 ? ErrorCode.RateLimited : ErrorCode.ProviderUnavailable;
            string action = Lapsed
                ? "Ask for the job with Get-SeedanceJob -Refresh; if it names no new address, the file is gone and must be made again."
                : "Save again later: what has arrived is kept and goes on.";
            string text = string.Format(
                CultureInfo.InvariantCulture,
                "The file at {0} could not be fetched: {1}, with {2} of {3} bytes here.",
                address.Host,
                What,
                part.Length,
                part.Total?.ToString(CultureInfo.InvariantCulture) ?? "unknown");
            return new SeedanceException(code, text) { RecommendedAction = action, HttpStatus = Status, RetryAfter = RetryAfter };
        }
    }
}
