using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Providers;
using Seedance.Wire;

namespace Seedance.Jobs.Prepare;

/// <summary>Everything that can be known before a cent or a byte is spent: the model, the violations, the local files, the price.</summary>
internal static class PrepareSubmit
{
    public static PreparedSubmit Run(Account account, VideoRequest request, RequestTerms? terms = null)
    {
        terms ??= RequestTerms.None;
        IProviderAdapter adapter = account.Adapter;
        ModelCatalogue catalogue = account.Catalogue;
        if ((request.Model ?? account.DefaultModel ?? adapter.Provider.DefaultModel) is not { Length: > 0 } name)
        {
            throw catalogue.NotFound(adapter, model: null);
        }

        bool known = catalogue.Knows(adapter, name) || adapter.Provider.UserModelId is not null;
        if ((!known && catalogue.IsNeutralElsewhere(name)) || catalogue.IsNoUserModel(adapter, name))
        {
            throw catalogue.NotFound(adapter, account.Redactor.Redact(name)); // What is no id may be the key, pasted in the wrong place.
        }

        if (!known && !terms.AllowUnknownModel && catalogue.Near(adapter, name) is { } near)
        {
            throw ModelCatalogue.Misspelt(adapter, account.Redactor.Redact(name), near);
        }

        VideoRequest asked = request;
        GenerationMode mode = RequestMode.Of(request);
        request = ShapedRequest.Of(request, terms.Shape, terms.Fixed, catalogue.Choices(adapter, name, mode));
        ModelCapability? capability = catalogue.Find(adapter, name, mode, request.Resolution);
        IReadOnlyList<string> wrongAnywhere = RequestValidator.CheckRequest(request, capability?.Model, account.BaseUri.IsLoopback);
        List<string> wrong = [.. wrongAnywhere];
        if (capability is null)
        {
            wrong.Add("the model has no mode " + mode);
            wrong.AddRange(CheckOtherMode(catalogue, adapter, name, request));
        }
        else
        {
            wrong.AddRange(RequestValidator.CheckModel(request, capability.Model));
        }

        ErrorCode code = wrong.Count > wrongAnywhere.Count ? ErrorCode.UnsupportedByModel : ErrorCode.InvalidRequest;
        List<LocalMedia> media = ReadMedia(request, adapter, wrong, ref code);
        VideoRequest filled = capability is null
            ? request
            : RequestDefaults.Fill(request, capability.Model) with { Seed = request.Seed ?? Seeds.Fit(terms.ChosenSeed, capability.Model) };
        SeedanceException? refusal = capability is null ? null : Refusal(adapter, filled, capability.Model);
        if (wrong.Count > 0 || refusal is not null || capability is null)
        {
            bool othersMay = wrongAnywhere.Count == 0 && (wrong.Count == 0 ? refusal!.Code : code) == ErrorCode.UnsupportedByModel;
            throw Refuse(code, account, name, request, wrong, refusal, othersMay ? Alternatives(account, name, request) : string.Empty);
        }

        return new PreparedSubmit
        {
            Account = account,
            Asked = asked,
            Request = filled,
            Filled = [.. FilledParts.Kept(terms.Filled, asked, request), .. FilledParts.Between(request, filled)],
            Capability = capability,
            LocalMedia = media,
            Estimate = request.Sandbox ? null : SaneCost.Of(() => capability.Price?.Estimate(filled)),
            Warnings = known ? Disputes.Warning(request, capability.Model) is { } disputed
                ? [disputed]
                : [] : [Say(
                "The catalogue has no model '{0}' of {1}; the request goes out unchecked and unpriced.", name, adapter.Provider.Name)],
        };
    }

    /// <summary>What holds for the model in whatever mode.</summary>
    private static IReadOnlyList<string> CheckOtherMode(
        ModelCatalogue catalogue, IProviderAdapter adapter, string name, VideoRequest request)
    {
        VideoRequest bare = request with { Image = null, LastFrame = null, ReferenceImages = [], ReferenceVideos = [],
            ReferenceAudios = [] };
        ModelCapability? other = catalogue.RowsOf(adapter)
            .FirstOrDefault(row => string.Equals(row.Model.Name, name, StringComparison.OrdinalIgnoreCase));
        return other is null ? [] : RequestValidator.CheckModel(bare, other.Model);
    }

    /// <summary>What only the adapter refuses, such as a field that the host lacks, it refuses before anything is uploaded.</summary>
    private static SeedanceException? Refusal(IProviderAdapter adapter, VideoRequest filled, SeedanceModel model)
    {
        VideoRequest asIfUploaded = MediaReferences.Replace(
            filled, reference => MediaReferences.IsLocal(reference) ? "https://upload.invalid/media" : reference);
        try
        {
            if ((adapter as IAsksBeforeSubmit)?.BuildQuestion(asIfUploaded, model) is null)
            {
                _ = adapter.BuildSubmit(asIfUploaded, model);
            }

            return null;
        }
        catch (SeedanceException error)
        {
            return error;
        }
    }

    private static List<LocalMedia> ReadMedia(VideoRequest request, IProviderAdapter adapter, List<string> wrong, ref ErrorCode code)
    {
        List<LocalMedia> media = [];
        foreach (var (reference, type) in MediaReferences.Of(request).Where(item => MediaReferences.IsLocal(item.Reference)).Distinct())
        {
            var (file, problem) = LocalMedia.Read(reference, type);
            if (file is not null && adapter is IUploadsMedia uploads)
            {
                problem = file.Length > uploads.UploadLimit(type)
                    ? Say("the file {0} has {1:0.0} MB, the provider takes {2:0.0}", reference, file.Length / 1e6,
                        uploads.UploadLimit(type) / 1e6)
                    : null;
            }
            else if (file is not null && adapter is IInlinesMedia inlines && inlines.InlineLimit(type) is > 0 and { } limit)
            {
                problem = file.Length > limit
                    ? Say("the file {0} has {1:0.0} MB, the provider takes {2:0.0}", reference, file.Length / 1e6, limit / 1e6)
                    : null;
            }
            else if (file is not null)
            {
                string kind = adapter is IInlinesMedia
                    ? type switch { MediaType.Video => "video ", MediaType.Audio => "audio ", _ => "image " }
                    : string.Empty;
                problem = Say("the provider takes no local {0}files, and {1} is one; give an https address", kind, reference);
            }

            if (problem is not null)
            {
                code = wrong.Count == 0 ? ErrorCode.ReferenceUnreachable : code;
                wrong.Add(problem);
            }
            else
            {
                media.Add(file!);
            }
        }

        return media;
    }

    private static SeedanceException Refuse(
        ErrorCode code, Account account, string model, VideoRequest request, List<string> wrong, SeedanceException? refusal,
        string alternatives)
    {
        bool byAdapterAlone = wrong.Count == 0;
        string[] all = [.. wrong, .. refusal is null ? Array.Empty<string>() : [refusal.Message.TrimEnd('.')]];
        string text = byAdapterAlone
            ? refusal!.Message
            : Say("{0} at {1} cannot take this request: {2}.", model, account.Provider, string.Join("; ", all));
        return new SeedanceException(byAdapterAlone ? refusal!.Code : code, text, refusal)
        {
            Provider = account.Provider,
            Target = request.Prompt,
            RecommendedAction = "Nothing was sent or spent. " + alternatives
                + (byAdapterAlone && refusal!.RecommendedAction is { } advice
                    ? advice
                    : "Change the request; Get-SeedanceModel tells what the model takes."),
        };
    }

    /// <summary>
    /// Who could take the request as it is: this provider's other models first, then the same model elsewhere, then any. Never the
    /// simulator.
    /// </summary>
    private static string Alternatives(Account account, string model, VideoRequest request)
    {
        GenerationMode mode = RequestMode.Of(request);
        string[] able =
        [
            .. account.Catalogue.All.Select(row => row.Model)
                .Where(row => row.StartsFrom == mode && RequestValidator.CheckModel(request, row).Count == 0 && CanBeChosen(row, request))
                .OrderByDescending(row => string.Equals(row.Provider, account.Provider, StringComparison.OrdinalIgnoreCase))
                .ThenByDescending(row => string.Equals(row.Name, model, StringComparison.OrdinalIgnoreCase))
                .Select(row => row.Name + " at " + row.Provider)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(3),
        ];
        return able.Length == 0 ? string.Empty : "It could be taken by " + string.Join(", ", able) + ". ";
    }

    /// <summary>Named as it stands in the catalogue, which what is a user's own is not.</summary>
    private static bool CanBeChosen(SeedanceModel row, VideoRequest request) =>
        ProviderRegistry.Find(row.Provider) is { Provider: { IsSimulator: false, UserModelId: null } } adapter
        && Refusal(adapter, RequestDefaults.Fill(request, row), row) is null;

    private static string Say(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
