using Seedance.Wire;

namespace Seedance.Providers;

/// <summary>The words of a refusal, in the forms that hosts share: a string, an object with a message, FastAPI's list of violations.</summary>
internal static class FaultText
{
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

    private static string? Violation(WireNode item)
    {
        string? text = item.IsString ? item.Text : item["msg"].Text ?? item["message"].Text;
        string place = string.Join(".", item["loc"].Items.Select(part => part.Text).OfType<string>().Where(part => part != "body"));
        return place.Length == 0 ? text : place + ": " + text;
    }
}
