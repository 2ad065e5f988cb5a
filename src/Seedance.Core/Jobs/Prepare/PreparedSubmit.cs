using Seedance.Accounts;
using Seedance.Catalogue;
using Seedance.Models;
using Seedance.Records;
using Seedance.Spending;

namespace Seedance.Jobs.Prepare;

/// <summary>A request that passed every check, priced and ready to send. Nothing has left the machine yet.</summary>
internal sealed record PreparedSubmit
{
    public required Account Account { get; init; }

    /// <summary>With the model's defaults filled in.</summary>
    public required VideoRequest Request { get; init; }

    /// <summary>As the user put it.</summary>
    public required VideoRequest Asked { get; init; }

    /// <summary>What of <see cref="Request"/> neither the user nor a draft or final asked for.</summary>
    public required IReadOnlyList<string> Filled { get; init; }

    public required ModelCapability Capability { get; init; }

    public required IReadOnlyList<LocalMedia> LocalMedia { get; init; }

    public SeedanceCost? Estimate { get; init; }

    /// <summary>
    /// It costs nothing, as far as the catalogue knows. A model that nobody knows may take no notice of the wish and make a paid video.
    /// </summary>
    public bool IsTestRun => Request.Sandbox && Capability.Model.Features.Contains("Sandbox", StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What the profile may spend, as far as it concerns this request: a test run costs nothing, and counts as a job and its seconds.
    /// </summary>
    public SpendCaps? Caps => IsTestRun ? Account.Caps?.WithoutCost() : Account.Caps;

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The record of the request, of which nothing has been sent.</summary>
    public StoredJob Record(SubmitOptions options, DateTimeOffset now) => new(new SeedanceJob
    {
        Id = options.Planned?.Job.Id ?? JobId.Create(now),
        Provider = Account.Provider,
        Profile = Account.Profile,
        Endpoint = Account.BaseUri,
        Model = Capability.Model.Name,
        WireModel = Capability.Model.WireModel,
        StartsFrom = Capability.Model.StartsFrom,
        Prompt = Request.Prompt,
        Request = Request,
        Asked = options.Terms.Shape == RequestShape.Draft ? Asked : null,
        Filled = Filled,
        ClientToken = options.ClientToken,
        State = JobStatus.Submitting,
        CreatedAt = now,
        Seed = Request.Seed,
        EstimatedCost = Estimate,
        IsSimulated = Account.IsSimulated,
        Attempts = options.Attempts,
        Tag = options.Entry.Tag,
        Batch = options.Entry.Batch,
        Row = options.Entry.Row,
        Take = options.Entry.Take,
        DerivedFrom = options.Entry.DerivedFrom,
        Columns = options.Entry.Columns,
    })
    {
        Plan = options.Planned?.Plan,
        Owner = options.Planned?.Owner,
        Term = options.Planned?.Term ?? 0,
        OwnerMayBeAlive = true, // It is ours as long as the store has not seen it.
        IsUnsent = true,
    };

    /// <summary>What the user is asked to confirm, and what -WhatIf prints.</summary>
    public string Describe()
    {
        string price = Estimate is { } cost ? "about " + cost.ToString().TrimStart('~') : "price unknown";
        string length = Request.DurationSeconds is { } seconds && !RequestLength.IsOpen(Request)
            ? " " + seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) + " s"
            : string.Empty;
        return "Generate" + length + (Request.Resolution is { } resolution ? " " + resolution : string.Empty)
            + " with " + Capability.Model.WireModel + " at " + Account.Provider + Address() + " (" + price + ")";
    }

    /// <summary>The request in one line: what it costs and the beginning of its prompt.</summary>
    public string DescribeWithPrompt() => Describe() + ": " + Shorten(Request.Prompt);

    /// <summary>The beginning of a prompt, in one line.</summary>
    public static string Shorten(string text)
    {
        string prompt = VisibleText.Of(string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return prompt.Length <= LongestPrompt ? prompt : prompt.Substring(0, LongestPrompt - 3) + "...";
    }

    private const int LongestPrompt = 80;

    /// <summary>Named where it is not the provider's own: a request must not be taken for one that goes to somebody else.</summary>
    private string Address() =>
        Account.BaseUri.Authority == Account.Adapter.Provider.BaseUri.Authority ? string.Empty : " via " + Account.BaseUri.Authority;
}
