using Seedance.Input;

namespace Seedance.Core.Tests.Input;

public sealed class PromptTemplateTests
{
    [Fact]
    public void Fill_TwoPlaces_IsEveryCombinationWithATagOfWhatDiffers()
    {
        SeedancePrompt[] prompts = Fill(
            "a {thing}, {light}, {move}", ("thing", ["mug"]), ("light", ["dawn", "neon dusk"]), ("Move", ["orbit", "static"]));

        Assert.Equal(["a mug, dawn, orbit", "a mug, dawn, static", "a mug, neon dusk, orbit", "a mug, neon dusk, static"],
            prompts.Select(prompt => prompt.Prompt));
        Assert.Equal(["dawn, orbit", "dawn, static", "neon dusk, orbit", "neon dusk, static"], prompts.Select(prompt => prompt.Tag));
        Assert.Equal("neon dusk", prompts[3].Columns["Light"]);
    }

    [Fact]
    public void Fill_NothingThatDiffers_HasNoTag()
    {
        Assert.Null(Assert.Single(Fill("a {thing}", ("thing", ["mug"]))).Tag);
        Assert.Equal("a {mug}", Assert.Single(Fill("a {{mug}}")).Prompt);
    }

    [Theory]
    [InlineData("a {light", "braces")]
    [InlineData("a light}", "braces")]
    [InlineData("a {}", "braces")]
    [InlineData("a {mood}", "{mood}")]
    [InlineData("a mug", "{light}")]
    public void Fill_WhatDoesNotFit_IsNamed(string template, string named)
    {
        SeedanceException error = Assert.Throws<SeedanceException>(() => Fill(template, ("light", ["dawn"])));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_TheSameValueTwiceOrTooMany_IsRefused()
    {
        Assert.Throws<SeedanceException>(() => Fill("{a}", ("a", ["x", "x"])));
        string[] many = [.. Enumerable.Range(0, 200).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        Assert.Throws<SeedanceException>(() => Fill("{a} {b}", ("a", many), ("b", many)));
    }

    private static SeedancePrompt[] Fill(string template, params (string Name, string[] Values)[] values) =>
        [.. PromptTemplate.Parse(template)
            .Fill(values.ToDictionary(item => item.Name, item => (IReadOnlyList<string>)item.Values, StringComparer.Ordinal))];
}
