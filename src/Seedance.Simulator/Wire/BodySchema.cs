using System.Text.Json;

namespace Seedance.Simulator.Wire;

/// <summary>The fields a JSON object may have. Anything else is a problem, and all problems are found at once.</summary>
internal sealed class BodySchema(params FieldRule[] rules)
{
    /// <summary>Hosts take null for a wrong type; our own dialect takes it for an absent field.</summary>
    public bool NullIsAbsent { get; init; }

    public List<FieldProblem> Check(JsonElement body, string prefix = "")
    {
        List<FieldProblem> problems = [];
        foreach (FieldRule rule in rules)
        {
            if (!body.TryGetProperty(rule.Name, out JsonElement value) || (NullIsAbsent && value.ValueKind == JsonValueKind.Null))
            {
                if (rule.Required)
                {
                    problems.Add(new FieldProblem(FieldProblemKind.Missing, prefix + rule.Name, "Field required"));
                }
            }
            else if (rule.Check(value) is { } found)
            {
                problems.Add(new FieldProblem(found.Kind, prefix + rule.Name, found.Message));
            }
        }

        problems.AddRange(body.EnumerateObject()
            .Where(field => Array.TrueForAll(rules, rule => rule.Name != field.Name))
            .Select(field => new FieldProblem(FieldProblemKind.Unknown, prefix + field.Name, "Extra inputs are not permitted")));
        return problems;
    }
}
