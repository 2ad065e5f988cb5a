using System.Management.Automation;
using Seedance.Input;
using Seedance.Jobs.Remake;
using Seedance.PowerShell.Binding;
using Seedance.Records;

namespace Seedance.PowerShell.Piped;

/// <summary>What another request can be made from: a job or a request, live or as it comes back from a file.</summary>
internal static class OriginObject
{
    private static readonly string[] s_requestProperties = ["Prompt", "ReferenceImages", "DurationSeconds", "GenerateAudio", "Options"];

    /// <summary>Null for what is neither.</summary>
    public static GivenOrigin? Read(object? item) => Unwrapped.Value(item) switch
    {
        SeedanceJob job => new GivenOrigin(job.Id, job),
        VideoRequest request => new GivenOrigin(null, Request: request),
        PSObject bag when Array.TrueForAll(s_requestProperties, name => bag.Properties[name] is not null) =>
            new GivenOrigin(null, Request: RequestBag.Read(Fields(bag))),
        PSObject bag when bag.Properties["ProviderJobId"] is not null && Id(bag) is { } id && JobId.IsValid(id) =>
            new GivenOrigin(id, JobBag.Read(name => Unwrapped.Deep(bag.Properties[name]?.Value))),
        _ => null,
    };

    /// <summary>The same where the user names it: an id will do.</summary>
    public static GivenOrigin ReadNamed(object? item) => Read(item)
        ?? (CellText.Optional(Unwrapped.Value(item) is PSObject bag
            ? Id(bag)
            : Convert.ToString(Unwrapped.Value(item), CultureInfo.InvariantCulture)) is { } id
            ? new GivenOrigin(id)
            : throw new SeedanceException(ErrorCode.InvalidRequest,
                "-From takes a job or the id of one; this is " + PipedItem.Describe(item) + ".") { Target = item });

    private static string? Id(PSObject bag) =>
        CellText.Optional(Convert.ToString(Unwrapped.Value(bag.Properties["Id"]?.Value), CultureInfo.InvariantCulture));

    private static IEnumerable<KeyValuePair<string, object?>> Fields(PSObject bag) =>
        bag.Properties.Select(property => new KeyValuePair<string, object?>(property.Name, Unwrapped.Deep(property.Value)));
}
