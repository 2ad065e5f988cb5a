namespace Seedance.Transport;

/// <summary>What a provider was asked to do: what an error calls it, and what its refusal can mean.</summary>
internal sealed record ProviderCall(ProviderVerb Verb, string Words)
{
    /// <summary>The jobs that it is about, where they have a record.</summary>
    public IReadOnlyList<string> Jobs { get; init; } = [];

    /// <summary>The provider's model, where it is known.</summary>
    public string? Model { get; init; }

    public static ProviderCall Submit { get; } = new(ProviderVerb.Submit, "submitting");

    /// <summary>Something about a model that must be known before a submit.</summary>
    public static ProviderCall Question { get; } = new(ProviderVerb.Question, "asking what the model takes");

    public static ProviderCall Estimate { get; } = new(ProviderVerb.Estimate, "asking for the price");

    public static ProviderCall PollMany { get; } = new(ProviderVerb.Poll, "asking for jobs");

    public static ProviderCall Cancel { get; } = new(ProviderVerb.Cancel, "cancelling the job");

    public static ProviderCall List { get; } = new(ProviderVerb.List, "listing jobs");

    public static ProviderCall Balance { get; } = new(ProviderVerb.Balance, "reading the balance");

    public static ProviderCall Poll(SeedanceJob job) =>
        new(ProviderVerb.Poll, "asking for " + job.Id + " (" + job.ProviderJobId + ")") { Jobs = [job.Id], Model = job.WireModel };

    public static ProviderCall Upload(string path) => new(ProviderVerb.Upload, "uploading " + Path.GetFileName(path));

    public ProviderCall About(params string[] jobs) => this with { Jobs = jobs };

    public ProviderCall About(SeedanceJob job) => this with { Jobs = [job.Id], Model = job.WireModel };

    /// <summary>What it is for, in the terms of the transport.</summary>
    public CallKind Kind => Verb switch
    {
        ProviderVerb.Submit => CallKind.Submit,
        ProviderVerb.Upload => CallKind.Upload,
        ProviderVerb.Poll or ProviderVerb.Cancel => CallKind.Poll,
        _ => CallKind.Query,
    };

    /// <summary>It comes before there is a job, so that what the host does not know can only be the model.</summary>
    public bool MeansModel => Verb is ProviderVerb.Submit or ProviderVerb.Question or ProviderVerb.Estimate;

    /// <summary>It comes before anything could be paid.</summary>
    public bool IsBeforeSubmit => MeansModel || Verb == ProviderVerb.Upload;

    /// <summary>It is about a job that exists, which goes on whatever the answer.</summary>
    public bool IsAboutJob => Verb is ProviderVerb.Poll or ProviderVerb.Cancel;
}

/// <summary>The kinds of calls.</summary>
internal enum ProviderVerb
{
    Submit,
    Question,
    Estimate,
    Upload,
    Poll,
    Cancel,
    List,
    Balance,
}
