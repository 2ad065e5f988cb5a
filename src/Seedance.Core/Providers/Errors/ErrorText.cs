using System.Text.RegularExpressions;
using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>
/// The words of a refusal, in the forms that hosts share: a string, an object with a message, FastAPI's list of violations.
/// </summary>
internal static class ErrorText
{
    private static readonly string[] s_names = ["message", "error", "detail", "msg", "error_description", "errors", "reason", "title"];
    private static readonly Regex s_tag = new(@"<(?<tag>script|style)\b.*?</\k<tag>>|<[^>]*>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30));
    private static readonly Regex s_space = new(@"\s+", RegexOptions.None, TimeSpan.FromSeconds(30));

    public static string? Read(WireNode body) =>
        Of(body["message"]) ?? Of(body["error"]) ?? Of(body["detail"]) ?? Of(body["msg"]);

    public static string? ProviderCode(WireNode body) =>
        body["error"]["code"].Text ?? body["detail"]["code"].Text ?? body["error_code"].Text ?? body["code"].Text;

    public static string? Of(WireNode node)
    {
        if (node.IsString)
        {
            return node.Text;
        }

        if (node.IsObject)
        {
            return Of(node["message"]) ?? Of(node["msg"]) ?? Of(node["detail"]) ?? (node.Raw is "{}" ? null : node.Raw);
        }

        List<string> violations = [.. node.Items.Select(Violation).OfType<string>()];
        return violations.Count == 0 ? null : string.Join("; ", violations);
    }

    /// <summary>
    /// What a refusal says in a form that no document of its host has: names in another case, a list, plain text, a gateway's page. For
    /// people alone; nothing is judged by it.
    /// </summary>
    public static string? Plain(WireResponse response)
    {
        WireNode body = response.BodyOrMissing;
        if (body.Exists)
        {
            return Of(Named(body)) ?? (body.Raw is "{}" or "[]" ? null : Of(body) ?? body.Raw);
        }

        string text = response.Excerpt();
        return s_space.Replace(s_tag.Replace(text, " "), " ").Trim() is { Length: > 0 } words ? words : null;
    }

    /// <summary>What says most, under any of the usual names in any case.</summary>
    private static WireNode Named(WireNode node) => s_names
        .Select(name =>
            node.Properties.FirstOrDefault(property => string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase)).Value)
        .FirstOrDefault(value => Of(value) is not null);

    private static string? Violation(WireNode item)
    {
        string? text = item.IsString ? item.Text : item["msg"].Text ?? Named(item).Text;
        string place = string.Join(".", item["loc"].Items.Select(part => part.Text).OfType<string>().Where(part => part != "body"));
        return place.Length == 0 ? text : place + ": " + text;
    }
}
