using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Accounts;
using Seedance.Jobs.Query;
using Seedance.Providers;
using Seedance.Records;
using Seedance.Store;
using Seedance.Wire;

namespace Seedance.Support;

/// <summary>
/// What somebody who helps needs to see, as files of a zip: versions, settings, profiles by name, the health of the store, and jobs with
/// what they and their providers said. No key is read for it, and those that are at hand are cut out of every text. Prompts are left out,
/// though answers may quote them.
/// </summary>
internal sealed class SupportBundle(SeedanceServices services, StoreChoice choice, Func<string, string?> variable)
{
    public const int Newest = 20;

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] s_plain = ["SEEDANCE_HOME", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"];

    /// <summary>The newest jobs where no id is named; the versions are those of the module and what it runs in.</summary>
    public async Task<IReadOnlyList<(string Name, string Text)>> GatherAsync(
        IReadOnlyList<string> ids, IReadOnlyDictionary<string, string> versions, IOperationOutput output, CancellationToken stop)
    {
        List<(string Name, JsonNode Content)> files =
        [
            ("versions.json", Map(versions)),
            ("settings.json", Map(Settings())),
            ("profiles.json", Profiles(output)),
            ("store.json", await HealthAsync(stop).ConfigureAwait(false)),
        ];
        foreach (SeedanceJob job in await JobsAsync(ids, output, stop).ConfigureAwait(false))
        {
            files.Add(("jobs/" + job.Id + ".json", await JobAsync(job, stop).ConfigureAwait(false)));
        }

        Redactor redactor = Redactor.For([.. Secrets()]);
        return [.. files.Select(file => (file.Name, redactor.Redact(file.Content.ToJsonString(s_readable))))];
    }

    public static void Write(string path, IReadOnlyList<(string Name, string Text)> files)
    {
        using FileStream stream = Create(path);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create);
        foreach ((string name, string text) in files)
        {
            using StreamWriter writer = new(zip.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(text);
        }
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SeedanceException(ErrorCode.InvalidRequest, "The bundle cannot be written: " + error.Message, error)
            {
                Target = path,
                RecommendedAction = "Name another -Path, of a file that there is not yet, in a folder that is yours.",
            };
        }
    }

    /// <summary>A store that cannot be read is what a bundle is made for, and its health is in it.</summary>
    private async Task<IReadOnlyList<SeedanceJob>> JobsAsync(IReadOnlyList<string> ids, IOperationOutput output, CancellationToken stop)
    {
        try
        {
            return ids.Count > 0
                ? await NamedAsync(ids, output, stop).ConfigureAwait(false)
                : await new JobNames(services).NewestAsync(Newest, stop).ConfigureAwait(false);
        }
        catch (SeedanceException error)
        {
            output.Warn("The bundle holds no jobs. " + error.Message);
            return [];
        }
    }

    private async Task<List<SeedanceJob>> NamedAsync(IReadOnlyList<string> ids, IOperationOutput output, CancellationToken stop)
    {
        List<SeedanceJob> found = [];
        foreach (string name in ids)
        {
            try
            {
                string id = await new JobNames(services).ResolveAsync(name, stop).ConfigureAwait(false);
                found.Add((await services.Store.FindAsync(id, stop).ConfigureAwait(false) ?? throw JobLookup.NotFound(id, services)).Job);
            }
            catch (SeedanceException error)
            {
                output.Error(error);
            }
        }

        return found;
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value)));

    /// <summary>Of a key only whether it is there; of an address no name and password in it.</summary>
    private Dictionary<string, string> Settings()
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (string name in s_plain.Concat(ProviderRegistry.All.Select(adapter => AccountResolver.AddressVariable(adapter.Provider))))
        {
            if (variable(name) is { Length: > 0 } value)
            {
                settings[name] = Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && !address.IsFile && address.Host.Length > 0
                    ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                    : WithoutUser(value);
            }
        }

        foreach (string key in KeyVariables())
        {
            settings[key] = string.IsNullOrEmpty(variable(key)) ? "not set" : "set";
        }

        settings["state folder"] = services.Home;
        return settings;
    }

    /// <summary>A proxy may be named without a scheme, which makes no address of it.</summary>
    private static string WithoutUser(string proxy) => proxy.LastIndexOf('@') is >= 0 and int at ? "***" + proxy.Substring(at) : proxy;

    private JsonArray Profiles(IOperationOutput output) =>
    [
        .. services.Profiles.List(output.Error)
            .Select(profile =>
            (JsonNode)new JsonObject { ["name"] = profile.Name, ["provider"] = profile.Provider, ["concurrency"] = profile.Concurrency }),
    ];

    private async Task<JsonObject> HealthAsync(CancellationToken stop)
    {
        JsonObject health = new() { ["engine"] = choice.Describe().Engine, ["place"] = choice.Describe().Place,
            ["source"] = choice.Source };
        List<string> wrong = [];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        try
        {
            await foreach (
                StoredJob stored in services.Store.ListAsync(JobScope.All, error => wrong.Add(error.Message), stop).ConfigureAwait(false))
            {
                counts[stored.Job.Status] = (counts.TryGetValue(stored.Job.Status, out int count) ? count : 0) + 1;
            }
        }
        catch (SeedanceException error)
        {
            wrong.Add(error.Message);
        }

        health["jobs"] = new JsonObject(counts.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value)));
        health["problems"] = new JsonArray([.. wrong.Take(100).Select(text => (JsonNode)text)]);
        return health;
    }

    private async Task<JsonObject> JobAsync(SeedanceJob job, CancellationToken stop) => new()
    {
        ["id"] = job.Id,
        ["provider"] = job.Provider,
        ["profile"] = job.Profile,
        ["endpoint"] = job.Endpoint?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        ["model"] = job.Model,
        ["wireModel"] = job.WireModel,
        ["mode"] = job.Mode,
        ["providerJobId"] = job.ProviderJobId,
        ["status"] = job.Status,
        ["createdAt"] = job.CreatedAt.ToString("o", CultureInfo.InvariantCulture),
        ["submittedAt"] = job.SubmittedAt?.ToString("o", CultureInfo.InvariantCulture),
        ["completedAt"] = job.CompletedAt?.ToString("o", CultureInfo.InvariantCulture),
        ["error"] = job.Error is { } error
            ? new JsonObject { ["code"] = error.Code, ["providerCode"] = error.ProviderCode, ["message"] = error.Message,
                ["requestId"] = error.RequestId }
            : null,
        ["trace"] = new JsonArray(
            [.. (await services.Traces.ReadAsync(job.Id, stop).ConfigureAwait(false))
                .Select(entry => JsonNode.Parse(TraceDocument.Write(entry)))]),
    };

    private static IEnumerable<string> KeyVariables() => ProviderRegistry.All
        .SelectMany(adapter => new[] { adapter.Provider.KeyVariable, adapter.Provider.SecondKeyVariable }).OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private IEnumerable<string> Secrets()
    {
        foreach (string name in KeyVariables().Append(StoreChoice.Variable))
        {
            if (variable(name) is { Length: > 0 } secret)
            {
                yield return secret;
            }
        }
    }
}
