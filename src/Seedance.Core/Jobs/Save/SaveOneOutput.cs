using Seedance.Downloads;
using Seedance.Media;
using Seedance.Storage;
using Seedance.Transport;

namespace Seedance.Jobs.Save;

/// <summary>One file: recognised when it is there, else fetched, checked and moved into place.</summary>
internal sealed class SaveOneOutput(
    HttpClients clients, TimeProvider time, SaveRequest request, CurrentJob current, int index, string target)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(100);

    private string Kind => current.Job.Outputs[index].Kind;

    /// <summary>Names the job and its output, so that a part of another job with the same file name is not gone on with.</summary>
    private string Source => string.Join(
        "/",
        current.Job.Provider,
        current.Job.ProviderJobId ?? current.Job.Id,
        Kind,
        (index + 1).ToString(CultureInfo.InvariantCulture));

    public async Task RunAsync(IOperationOutput output, CancellationToken stop)
    {
        Claim(target);
        if (await IsThereAsync(output, stop).ConfigureAwait(false))
        {
            return;
        }

        SaveProgress progress = new(output, time, Path.GetFileName(target));
        try
        {
            using PartFile part = await PartFile.OpenAsync(ChoosePart(output), Source, time, stop).ConfigureAwait(false);

            // Another process may have finished the same file while this one waited for it.
            if (await IsThereNowAsync(part, output, stop).ConfigureAwait(false))
            {
                part.Discard();
                return;
            }

            MediaVerdict verdict = await FetchAsync(part, progress, output, stop).ConfigureAwait(false);
            string sha256 = await part.FinishAsync().ConfigureAwait(false);
            await PlaceAsync(part, NameFor(verdict.Format, output), sha256, verdict, output, stop).ConfigureAwait(false);
        }
        finally
        {
            progress.Complete();
        }
    }

    private string ChoosePart(IOperationOutput output)
    {
        string part = PartName.Choose(target);
        if (part != target + ".part")
        {
            output.Verbose(target + ".part is a file that this module did not make; it is left alone, and the download goes to " + part
                + ".");
        }

        return part;
    }

    /// <summary>
    /// When it is another job's file that got there first, the part that was opened for ours holds nothing and must not stay.
    /// </summary>
    private async Task<bool> IsThereNowAsync(PartFile part, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            return await IsThereAsync(output, stop).ConfigureAwait(false);
        }
        catch (SeedanceException) when (part.Length == 0)
        {
            part.Discard();
            throw;
        }
    }

    /// <summary>True when the target is this job's file already; throws when it is another.</summary>
    private async Task<bool> IsThereAsync(IOperationOutput output, CancellationToken stop)
    {
        if (Directory.Exists(target))
        {
            throw DiskErrors.Describe(target, new IOException("A folder has that name."));
        }

        if (request.Force || !File.Exists(target))
        {
            return false;
        }

        var earlier = PartName.Find(target, Source);
        string?[] known = [current.Job.Outputs[index].Sha256, Sidecar.FindHash(target, current.Job.Id), earlier?.State.Sha256];
        if (Array.TrueForAll(known, string.IsNullOrEmpty))
        {
            throw Exists(target);
        }

        string found = await HashTargetAsync(target, stop).ConfigureAwait(false);
        if (Array.IndexOf(known, found) < 0)
        {
            throw Exists(target);
        }

        output.Verbose(target + " is this job's file already.");
        Record(target, found, Sidecar.FindNote(target, current.Job.Id, found) ?? new SaveNote { FoundAt = time.GetUtcNow() }, output);
        if (earlier is { } left && !File.Exists(left.Part))
        {
            AtomicFile.TryDeleteWithDrafts(ResumeState.PathFor(left.Part)); // Its process ended between the last two steps.
        }

        return true;
    }

    /// <summary>What the file was found to be; with a problem only where -Force takes it as it is.</summary>
    private async Task<MediaVerdict> FetchAsync(PartFile part, SaveProgress progress, IOperationOutput output, CancellationToken stop)
    {
        Uri address = current.Job.Outputs[index].Url!;
        MediaDownload download = new(clients, time, output);
        MediaVerdict verdict;
        for (int attempt = 0; ; attempt++)
        {
            MediaSource source = new(address, request.Network)
            {
                UserAgent = request.MediaUserAgent,
                IsSimulated = current.Job.IsSimulated,
                Refresh = token => current.FreshAddressAsync(index, address, token),
            };
            await download.RunAsync(part, source, progress.Report, stop).ConfigureAwait(false);
            verdict = MediaCheck.Judge(part.Content, Kind, Path.GetExtension(target).ToLowerInvariant());
            if (verdict.Problem is null && !(verdict.IsSuspect && attempt == 0))
            {
                SayWhatFollows(verdict, output);
                return verdict;
            }

            output.Verbose(target + ": what was downloaded cannot be right: " + (verdict.Problem ?? "bytes follow the end of the media")
                + ".");
            if (attempt > 0)
            {
                break;
            }

            part.StartOver();
            address = await current.FreshAddressAsync(index, address, stop).ConfigureAwait(false) ?? address;
        }

        string found = "What " + address.Host + " serves for the job " + current.Job.Id + " is not a whole file: " + verdict.Problem + ".";
        if (request.Force && !verdict.IsRefusal)
        {
            output.Warn(found + " It is saved as it is because of -Force.");
            return verdict;
        }

        part.Discard();
        throw new SeedanceException(ErrorCode.IntegrityFailed, found)
        {
            RecommendedAction = "Look at the job with Get-SeedanceJob -Refresh and save again later; nothing was saved."
                + (verdict.IsRefusal ? string.Empty : " -Force saves it as it is."),
            Target = target,
        };
    }

    private void SayWhatFollows(MediaVerdict verdict, IOperationOutput output)
    {
        if (verdict.Trailing > 0)
        {
            output.Warn(string.Format(
                CultureInfo.InvariantCulture,
                "{0} has {1} bytes after the end of the media in it. They do no harm and are kept, as the host sent them.", target,
                verdict.Trailing));
        }
    }

    /// <summary>
    /// A film is named as what it is, whatever its address says; an address without an extension leaves the kind of file open until its
    /// bytes are here.
    /// </summary>
    private string NameFor(MediaFormat? format, IOperationOutput output)
    {
        bool guessed = MediaCheck.ExtensionOf(current.Job.Outputs[index]) is null;
        string extension = Path.GetExtension(target);
        if (format is null || string.Equals(extension, format.Extension, StringComparison.OrdinalIgnoreCase)
            || !(guessed || Kind is "Video" or "LastFrame"))
        {
            return target;
        }

        string path = Path.ChangeExtension(target, format.Extension);
        output.Verbose("What was downloaded is " + format.Name + ", so it is saved as " + path + ".");
        return path;
    }

    private async Task PlaceAsync(
        PartFile part, string path, string sha256, MediaVerdict verdict, IOperationOutput output, CancellationToken stop)
    {
        Claim(path);
        bool replaces = request.Force && File.Exists(path);
        try
        {
            AtomicFile.MoveIntoPlace(part.Path, path, request.Force);
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            if (request.Force || !File.Exists(path))
            {
                throw DiskErrors.Describe(path, error);
            }

            // Someone put a file there meanwhile; when it is the same one, all is well.
            if (await HashTargetAsync(path, stop).ConfigureAwait(false) != sha256)
            {
                throw Exists(path);
            }

            part.Discard();
        }

        Record(path, sha256, SaveNote.Of(verdict, replaces, time.GetUtcNow()), output);
        AtomicFile.TryDeleteWithDrafts(ResumeState.PathFor(part.Path));
    }

    private void Record(string path, string sha256, SaveNote note, IOperationOutput output)
    {
        current.Saved(index, path, sha256, new FileInfo(path).Length);
        if (!request.Sidecar)
        {
            return;
        }

        try
        {
            if (request.Force || Sidecar.MayWrite(path))
            {
                Sidecar.Write(path, current.Job, note);
            }
            else
            {
                output.Warn(Sidecar.PathFor(path) + " is another file, so no sidecar was written; the video is saved.");
            }
        }
        catch (Exception error) when (DiskErrors.IsDiskError(error))
        {
            output.Warn("The sidecar " + Sidecar.PathFor(path) + " could not be written (" + error.Message + "); the video is saved.");
        }
    }

    /// <summary>Another process that has just moved the file into place holds it until its sidecar is written.</summary>
    private async Task<string> HashTargetAsync(string path, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await FileHash.OfFileAsync(path, stop).ConfigureAwait(false);
            }
            catch (IOException error) when (FileLock.IsHeld(error) && time.GetElapsedTime(begun) < s_longestWait)
            {
                await time.After(s_lookAgain, stop).ConfigureAwait(false);
            }
            catch (Exception error) when (DiskErrors.IsDiskError(error))
            {
                throw DiskErrors.Describe(path, error);
            }
        }
    }

    private void Claim(string path)
    {
        string owner = request.Claims.Claim(path, current.Job.Id);
        if (owner == current.Job.Id)
        {
            return;
        }

        const string Action = "Give each job a name of its own, such as with {id} in -Name, and save this one again.";
        throw new SeedanceException(
            ErrorCode.FileExists, "The same call saves " + owner + " as " + path + ", and " + current.Job.Id + " must not replace it.")
        {
            RecommendedAction = Action,
            Target = path,
        };
    }

    private static SeedanceException Exists(string path)
    {
        const string Action = "Use -Force to replace it, or another -Destination or -Name.";
        return new SeedanceException(ErrorCode.FileExists, "There is another file already: " + path + ".")
        {
            RecommendedAction = Action,
            Target = path,
        };
    }
}
