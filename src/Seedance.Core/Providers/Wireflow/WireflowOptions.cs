using System.Text.Json.Nodes;
using Seedance.Wire;

namespace Seedance.Providers.Wireflow;

/// <summary>The options of a request: three have a meaning, every other one is an input of the workflow.</summary>
internal sealed class WireflowOptions
{
    public const string DialectName = "dialect";
    public const string AliasesName = "aliases";
    private const string InputsName = "inputs";
    private const string Named = "inputs";
    private const string Run = "run";

    private WireflowOptions(bool isRun, IReadOnlyDictionary<string, IReadOnlyList<string>> aliases, JsonObject inputs)
    {
        IsRun = isRun;
        Aliases = aliases;
        Inputs = inputs;
    }

    /// <summary>Inputs go by node id, to the run route (run page), instead of by name (Seedance 2.1 guide).</summary>
    public bool IsRun { get; }

    /// <summary>Neutral name to input; several inputs take one reference each.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Aliases { get; }

    /// <summary>Inputs as the user spelled them.</summary>
    public JsonObject Inputs { get; }

    public static WireflowOptions Read(VideoRequest request)
    {
        string dialect = Named;
        Dictionary<string, IReadOnlyList<string>> aliases = new(StringComparer.OrdinalIgnoreCase);
        JsonObject inputs = [];
        foreach (KeyValuePair<string, object?> option in request.Options)
        {
            JsonNode? value = JsonValues.ToNode(option.Value, option.Key);
            if (Same(option.Key, DialectName))
            {
                dialect = value?.ToString() ?? string.Empty;
            }
            else if (Same(option.Key, AliasesName))
            {
                ReadAliases(value as JsonObject ?? throw Refused("The option 'aliases' is a table of neutral names and inputs."), aliases);
            }
            else if (Same(option.Key, InputsName))
            {
                Copy(value as JsonObject ?? throw Refused("The option 'inputs' is a table of inputs and values."), inputs);
            }
            else
            {
                inputs[option.Key] = value;
            }
        }

        return Same(dialect, Run) || Same(dialect, Named)
            ? new WireflowOptions(Same(dialect, Run), aliases, inputs)
            : throw Refused("The dialect '" + dialect + "' is not spoken here; there are 'inputs' and 'run'.");
    }

    public static SeedanceException Refused(string why) =>
        new(ErrorCode.InvalidRequest, WireflowModels.Provider + ": " + why + " Nothing was sent.")
    {
        Provider = WireflowModels.Provider,
        RecommendedAction = "For example: -Option @{ dialect = 'run'; aliases = @{ Duration = 'node_4' }; inputs = @{ node_5 = 'film' } }.",
    };

    private static void ReadAliases(JsonObject table, Dictionary<string, IReadOnlyList<string>> aliases)
    {
        foreach (KeyValuePair<string, JsonNode?> row in table)
        {
            string name = WireflowNames.Find(row.Key)
                ?? throw Refused("'" + row.Key + "' in 'aliases' is no neutral name; those are " + string.Join(", ", WireflowNames.All)
                + ".");
            IEnumerable<JsonNode?> inputs = row.Value is JsonArray several ? several : Enumerable.Repeat(row.Value, 1);
            aliases[name] = [.. inputs.Select(input => input?.ToString()).OfType<string>().Where(input => input.Length > 0)];
        }
    }

    private static void Copy(JsonObject from, JsonObject to)
    {
        foreach (KeyValuePair<string, JsonNode?> input in from)
        {
            to[input.Key] = input.Value?.DeepClone();
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
