using Seedance.Catalogue;
using Seedance.Input;
using Seedance.Jobs.Prepare;
using Seedance.Models;

namespace Seedance.Jobs.Remake;

/// <summary>All that one input of a command says: what is given, to whom it goes, and how its jobs are to be known.</summary>
internal sealed record RequestInput(VideoInput Given)
{
    /// <summary>Of each of its videos, where what they are made from says no more.</summary>
    public SubmitOptions Options { get; init; } = new();

    public IReadOnlyList<long> Seeds { get; init; } = [];

    public int? Take { get; init; }

    /// <summary>The accounts that were named; the only one is nobody where none was.</summary>
    public IReadOnlyList<(string? Profile, string? Provider)> Whom { get; init; } = [(null, null)];

    /// <summary>The videos that are asked for. What is given counts over what <paramref name="origin"/> has.</summary>
    public IReadOnlyList<AskedVideo> Videos(
        RequestOrigin? origin, ModelCatalogue catalogue, Func<string, string?> providerOf, Func<string, string> fullPath)
    {
        if (origin is null)
        {
            return Video(Given.ToRequest(fullPath), Whom).Takes(Take, Seeds);
        }

        if (origin.Job is not { } job)
        {
            return Video(Given.ToRequest(fullPath, origin.Request), Whom).Takes(Take, Seeds);
        }

        bool isNamed = Whom.Any(name => (name.Profile ?? name.Provider) is not null);
        IReadOnlyList<(string? Profile, string? Provider)> whom = isNamed
            ? Whom
            : [job.Profile is { } profile ? (profile, null) : (null, job.Provider)];
        bool isElsewhere = isNamed
            && whom.Any(name => !Same(name.Provider ?? (name.Profile is { } named ? providerOf(named) : null), job.Provider));
        bool isOther = isElsewhere || IsOtherModel(job);
        VideoRequest from = origin.Base(Options.Terms.Shape, isElsewhere, isOther, catalogue);
        VideoRequest request = Given.ToRequest(fullPath, from);
        RequestTerms terms = Options.Terms with { Filled = StillFilled(origin, from, request, fullPath) };
        if (isElsewhere)
        {
            origin.CheckElsewhere(Given, request);
        }

        AskedVideo video = Video(request, whom);
        return (video with
        {
            Options = Options with
            {
                Terms = terms.Shape == RequestShape.Final ? terms with { ChosenSeed = job.Seed }
                    : isOther && origin.Filled.Contains(nameof(VideoRequest.Seed))
                    ? terms with { ChosenSeed = origin.Request.Seed }
                    : terms,
                Entry = Options.Entry with
                {
                    Tag = Options.Entry.Tag ?? job.Tag,
                    Take = job.Take,
                    DerivedFrom = job.Id,
                    Columns = new SheetColumns([.. job.Columns, .. Options.Entry.Columns]),
                },
            },
        }).Takes(Take, Seeds);
    }

    /// <summary>What was filled in for the first job and is not given anew.</summary>
    private IReadOnlyList<string> StillFilled(
        RequestOrigin origin, VideoRequest from, VideoRequest request, Func<string, string> fullPath)
    {
        VideoRequest asked = Given.ToRequest(fullPath, FilledParts.Without(from, origin.Filled));
        return [.. FilledParts.Between(asked, request).Where(part => part != nameof(VideoRequest.Seed) || Seeds.Count == 0)];
    }

    private bool IsOtherModel(SeedanceJob job) => CellText.Optional(Given.Model) is { } model
        && !Same(model, job.Model) && !Same(model, job.WireModel) && !Same(job.Request?.Model, model);

    private AskedVideo Video(VideoRequest request, IReadOnlyList<(string? Profile, string? Provider)> whom) =>
        new(request, whom) { Options = Options };

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
