using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Seedance.Accounts;
using Seedance.Capabilities;
using Seedance.Providers;

namespace Seedance.Operations;

/// <summary>Everything that can be known before a cent or a byte is spent: the model, the violations, the local files, the price.</summary>
internal static class PrepareSubmit
{
    public static PreparedSubmit Run(Account account, VideoRequest request)
    {
        IProviderAdapter adapter = account.Adapter;
        if ((request.Model ?? account.DefaultModel ?? adapter.Provider.DefaultModel) is not { Length: > 0 } name)
        {
            throw ModelCatalogue.NotFound(adapter, model: null);
        }

        bool known = ModelCatalogue.Knows(adapter, name);
        if (!known && ModelCatalogue.IsNeutralElsewhere(name))
        {
            throw ModelCatalogue.NotFound(adapter, name);
        }

        List<string> wrong = [.. RequestValidator.CheckRequest(request)];
        GenerationMode mode = RequestMode.Of(request);
        ModelCapability? capability = ModelCatalogue.Find(adapter, name, mode, request.Resolution);
        if (capability is null)
        {
            wrong.Add("the model has no mode " + mode);
        }
        else
        {
            wrong.AddRange(RequestValidator.CheckModel(request, capability.Model));
        }

        ErrorCode code = wrong.Count > RequestValidator.CheckRequest(request).Count ? ErrorCode.UnsupportedByModel : ErrorCode.InvalidRequest;
        List<LocalMedia> media = ReadMedia(request, adapter, wrong, ref code);
        if (wrong.Count > 0 || capability is null)
        {
            throw Refuse(code, adapter, name, request, wrong);
        }

        VideoRequest filled = RequestDefaults.Fill(request, capability.Model);
        return new PreparedSubmit
        {
            Account = account,
            Asked = request,
            Request = filled,
            Capability = capability,
            LocalMedia = media,
            Estimate = request.Sandbox ? null : capability.Price?.Estimate(filled),
            Warnings = known ? [] : [Say("The catalogue has no model '{0}' of {1}; the request goes out unchecked and unpriced.", name, adapter.Provider.Name)],
        };
    }

    private static List<LocalMedia> ReadMedia(VideoRequest request, IProviderAdapter adapter, List<string> wrong, ref ErrorCode code)
    {
        List<LocalMedia> media = [];
        foreach (var (reference, type) in LocalMedia.References(request).Where(item => LocalMedia.IsLocal(item.Reference)).Distinct())
        {
            var (file, problem) = LocalMedia.Read(reference, type);
            if (file is not null && adapter is IUploadsMedia uploads)
            {
                problem = file.Length > uploads.UploadLimit(type)
                    ? Say("the file {0} has {1:0.0} MB, the provider takes {2:0.0}", reference, file.Length / 1e6, uploads.UploadLimit(type) / 1e6)
                    : null;
            }
            else if (file is not null && adapter is IInlinesMedia inlines && inlines.InlineLimit(type) is > 0 and { } limit)
            {
                problem = file.Length > limit ? Say("the file {0} has {1:0.0} MB, the provider takes {2:0.0}", reference, file.Length / 1e6, limit / 1e6) : null;
            }
            else if (file is not null)
            {
                problem = Say("the provider takes no local files, and {0} is one; give an https address", reference);
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

    private static SeedanceException Refuse(ErrorCode code, IProviderAdapter adapter, string model, VideoRequest request, List<string> wrong)
    {
        string text = Say("{0} at {1} cannot take this request: {2}.", model, adapter.Provider.Name, string.Join("; ", wrong));
        return new SeedanceException(code, text)
        {
            Provider = adapter.Provider.Name,
            Target = request.Prompt,
            RecommendedAction = "Nothing was sent or spent. Change the request; Get-SeedanceModel tells what the model takes.",
        };
    }

    private static string Say(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
