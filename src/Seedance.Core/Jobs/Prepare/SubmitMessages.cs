using System.Collections.Concurrent;
using System.Security.Cryptography;
using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Transport;
using Seedance.Wire;

namespace Seedance.Jobs.Prepare;

/// <summary>
/// Makes the message of a prepared submit: local files become addresses, and what only the host knows is asked for. A file is sent once per
/// account and process, known by its content: a batch of 200 prompts over one picture uploads it once.
/// </summary>
internal sealed class SubmitMessages(ProviderClient client, TimeProvider time)
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(1); // Hosts do not say how long uploads live; most jobs take minutes.
    private readonly ConcurrentDictionary<string, (Uri Address, DateTimeOffset At)> _sent = new(StringComparer.Ordinal);

    /// <summary>The message of the submit that is recorded as the job of that id.</summary>
    public async Task<WireRequest> BuildAsync(PreparedSubmit prepared, string id, IOperationOutput output, CancellationToken stop)
    {
        SeedanceModel model = prepared.Capability.Model;
        VideoRequest onWire = await UploadAsync(prepared, output, stop).ConfigureAwait(false);
        onWire = await AskAsync(prepared.Account, model, onWire, output, stop).ConfigureAwait(false);
        WireRequest message = prepared.Account.Adapter.BuildSubmit(onWire, model);
        return prepared.Account.Adapter is IMarksJobs marks ? marks.Mark(message, id) : message;
    }

    /// <summary>Asks the host what its message must look like, where only the host knows.</summary>
    public async Task<VideoRequest> AskAsync(
        Account account, SeedanceModel model, VideoRequest request, IOperationOutput output, CancellationToken stop) =>
        account.Adapter is IAsksBeforeSubmit asks && asks.BuildQuestion(request, model) is { } question
            ? await client.AskAsync(
                account, question, ProviderCall.Question, response => asks.ReadAnswer(request, model, response), output, stop)
                    .ConfigureAwait(false)
            : request;

    private async Task<VideoRequest> UploadAsync(PreparedSubmit prepared, IOperationOutput output, CancellationToken stop)
    {
        Dictionary<string, string> addresses = new(StringComparer.Ordinal);
        foreach (LocalMedia media in prepared.LocalMedia)
        {
            try
            {
                addresses[media.Path] = prepared.Account.Adapter is IUploadsMedia
                    ? (await AddressAsync(prepared.Account, media, output, stop).ConfigureAwait(false)).AbsoluteUri
                    : "data:" + media.ContentType + ";base64," + Convert.ToBase64String(File.ReadAllBytes(media.Path));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                throw new SeedanceException(
                    ErrorCode.ReferenceUnreachable, "The file " + media.Path + " could not be read: " + error.Message, error)
                {
                    Target = media.Path,
                    RecommendedAction = "Nothing was sent or spent. Check the file and run the command again.",
                };
            }
        }

        return addresses.Count == 0
            ? prepared.Request
            : MediaReferences.Replace(
                prepared.Request, reference => addresses.TryGetValue(reference, out string? address) ? address : reference);
    }

    private async Task<Uri> AddressAsync(Account account, LocalMedia media, IOperationOutput output, CancellationToken stop)
    {
        string key = account.BaseUri + "|" + account.Profile + "|" + Hash(media.Path);
        if (_sent.TryGetValue(key, out var known) && time.GetUtcNow() - known.At < s_freshFor)
        {
            return known.Address;
        }

        output.Verbose("Uploading " + media.Path + " to " + account.Provider + ".");
        IUploadsMedia uploads = (IUploadsMedia)account.Adapter;
        ProviderCall call = ProviderCall.Upload(media.Path);
        WireResponse response = await client.AskAsync(account, uploads.BuildUpload(media.Path, media.ContentType), call, output, stop)
            .ConfigureAwait(false);
        Uri address = Read(uploads, response) ?? throw ProviderErrors.From(account, new WireError(ErrorCode.ProtocolError), response, call);
        _sent[key] = (address, time.GetUtcNow());
        return address;
    }

    private static Uri? Read(IUploadsMedia uploads, WireResponse response)
    {
        try
        {
            return response.Read(uploads.ReadUpload);
        }
        catch (SeedanceException error) when (error.Code == ErrorCode.ProtocolError)
        {
            return null; // No JSON at all: whose answer it is, and that nothing was spent, is not known where it is read.
        }
    }

    private static string Hash(string path)
    {
        using SHA256 sha = SHA256.Create();
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Convert.ToBase64String(sha.ComputeHash(file));
    }
}
