using Seedance.Catalogue;
using Seedance.Input;
using Seedance.Models;
using Seedance.Providers;

namespace Seedance.Jobs.Remake;

/// <summary>What another request is made from: a job, or a request by itself. It has the defaults that were filled in.</summary>
internal sealed record RequestOrigin(VideoRequest Request)
{
    /// <summary>Null for a request by itself.</summary>
    public SeedanceJob? Job { get; init; }

    /// <summary>What nobody asked for there.</summary>
    public IReadOnlyList<string> Filled => Job?.Filled ?? [];

    /// <summary>The hashes of its local files when it was submitted.</summary>
    public IReadOnlyDictionary<string, string> Media { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// What a new request starts from. A draft and a final start from what was asked before a draft made less of it. At another provider
    /// (<paramref name="isElsewhere"/>) only the neutral name of the model means anything; for another model (<paramref name="isOther"/>)
    /// what was filled in for the first one was not asked of it.
    /// </summary>
    public VideoRequest Base(RequestShape shape, bool isElsewhere, bool isOther, ModelCatalogue catalogue)
    {
        VideoRequest request = Request with { Model = isElsewhere ? Request.Model : Model(catalogue) };
        request = isOther ? FilledParts.Without(request, Filled) : request;
        if (shape == RequestShape.AsAsked)
        {
            return request;
        }

        VideoRequest? asked = Job?.Asked;
        return request with
        {
            Resolution = asked is not null ? asked.Resolution : shape == RequestShape.Final ? null : request.Resolution,
            DurationSeconds = asked is not null ? asked.DurationSeconds : request.DurationSeconds,
            Upscale = asked is not null ? asked.Upscale : request.Upscale,
            HighBitrate = asked is not null ? asked.HighBitrate : request.HighBitrate,
        };
    }

    /// <summary>Throws where the origin has what belongs to its own provider alone and is not given anew.</summary>
    public void CheckElsewhere(VideoInput given, VideoRequest request)
    {
        List<string> bound = [];
        if (given.Options is null && Request.Options.Count > 0)
        {
            bound.Add("the options " + string.Join(", ", Request.Options.Keys.OrderBy(name => name, StringComparer.Ordinal))
                + " (-Option)");
        }

        bound.AddRange(MediaReferences.Of(request).Select(item => item.Reference)
            .Where(reference => reference.StartsWith("asset:", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal)
                .Select(asset => "the asset " + asset));
        if (bound.Count > 0)
        {
            throw new SeedanceException(
                ErrorCode.UnsupportedByModel,
                string.Format(CultureInfo.InvariantCulture, "{0} was made at {1}, and elsewhere nobody knows {2}.", Job!.Id, Job.Provider,
                    string.Join("; ", bound)))
            {
                Target = Job.Id,
                RecommendedAction = "Nothing was sent or spent. Give these anew, or an empty table with -Option @{} to do without.",
            };
        }
    }

    /// <summary>The neutral name, unless it would lead to another endpoint than the one that was used.</summary>
    private string? Model(ModelCatalogue catalogue)
    {
        if (Job is null || ProviderRegistry.Find(Job.Provider) is not { } adapter)
        {
            return Request.Model;
        }

        string name = Request.Model ?? Job.Model;
        return Job.WireModel.Length == 0
            || catalogue.Find(adapter, name, RequestMode.Of(Request), Request.Resolution)?.Model.WireModel == Job.WireModel
            ? name
            : Job.WireModel;
    }
}
