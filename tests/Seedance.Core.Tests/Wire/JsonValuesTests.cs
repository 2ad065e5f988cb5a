using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seedance.Core.Tests.Providers;
using Seedance.Wire;

namespace Seedance.Core.Tests.Wire;

public sealed class JsonValuesTests
{
    [Fact]
    public void Merge_EveryPlainType_BecomesItsJson()
    {
        JsonObject body = new() { ["duration"] = 5 };

        JsonValues.Merge(body, new Dictionary<string, object?>
        {
            ["duration"] = 10, ["text"] = "t", ["flag"] = true, ["byte"] = (byte)1, ["long"] = long.MaxValue, ["ulong"] = ulong.MaxValue,
            ["real"] = 0.5, ["money"] = 1.20m,
            ["none"] = null, ["address"] = new Uri("https://ex.org/a%20b"), ["list"] = new object?[] { 1, "two", null },
            ["map"] = new Hashtable { ["a"] = new List<int> { 1 } },
            ["node"] = new JsonObject { ["n"] = 1 }, ["element"] = JsonDocument.Parse("[1]").RootElement,
        });

        WireText.SameJson(
            """
            {"duration":10,"text":"t","flag":true,"byte":1,"long":9223372036854775807,"ulong":18446744073709551615,"real":0.5,"money":1.20,"none":null,
             "address":"https://ex.org/a%20b","list":[1,"two",null],"map":{"a":[1]},"node":{"n":1},"element":[1]}
            """,
            body);
    }

    public static TheoryData<object> Refused =>
        [new object(), double.NaN, float.PositiveInfinity, new[] { new object() }, new Version(1, 0)];

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void From_NoJsonForm_RefusesByName(object value)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => JsonValues.ToNode(value, "myOption"));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains("myOption", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromElement_FieldNamedTwice_TakesTheLast()
    {
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse("""{"a":1,"a":{"b":2,"b":3}}""");

        Seedance.Core.Tests.Providers.WireText.SameJson(
            """{"a":{"b":3}}""", (System.Text.Json.Nodes.JsonObject)JsonValues.ToNode(JsonValues.FromElement(document.RootElement), "x")!);
    }

    [Fact]
    public void From_TableThatHoldsItself_Refuses()
    {
        Hashtable loop = [];
        loop["self"] = loop;

        Assert.Equal(ErrorCode.InvalidRequest, Assert.Throws<SeedanceException>(() => JsonValues.ToNode(loop, "loop")).Code);
    }
}
