using System.Reflection;
using Seedance.Core.Tests.Providers;
using Seedance.Providers;

namespace Seedance.Core.Tests.Conformance;

/// <summary>Every trap and open question has a test, and the table of them in the docs is what the tests say.</summary>
public sealed class ConformanceTableTests
{
    private const string Rewrite = "SEEDANCE_REWRITE_DOCS";

    [Fact]
    public void Items_EachOfThem_IsNamedByATest()
    {
        Dictionary<string, string[]> tests = Tests();
        string[] bare = [.. HostPages.Items.Select(item => item.Key).Where(key => !tests.ContainsKey(key))];

        Assert.True(
            bare.Length == 0,
            "No test has a trait \"Sheet\", and no line of an answers.jsonl a \"sheet\", for " + string.Join(", ", bare));
    }

    [Fact]
    public void Traits_EachOfThem_NamesAKnownSheet()
    {
        string[] sheets = [.. HostPages.Items.Select(item => item.Key.Split(' ')[0]).Distinct(StringComparer.Ordinal)];
        string[] unknown = [.. Tests().Keys.Where(key => !sheets.Contains(key.Split(' ')[0], StringComparer.Ordinal))];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Routes_WhatExercisesThem_IsThere()
    {
        string clients = Path.Combine(HostPages.Root, "tests", "RealClients");
        string transcripts = Path.Combine(HostPages.Root, "tests", "Seedance.Core.Tests", "Transcripts");

        string[] operations = [.. HostPages.Routes.SelectMany(item => item.Operations).Where(operation => !IsIn(clients, operation))];
        string[] documents =
            [.. HostPages.Routes.SelectMany(item => item.Transcripts)
            .Where(name => !File.Exists(Path.Combine(transcripts, name + ".json")))];

        Assert.True(operations.Length == 0, "There is no such test below " + clients + ": " + string.Join(", ", operations));
        Assert.True(documents.Length == 0, "There is no such document below " + transcripts + ": " + string.Join(", ", documents));
    }

    private static bool IsIn(string clients, string operation)
    {
        string[] parts = operation.Split(": ", 2);
        return File.ReadAllText(Path.Combine(clients, parts[0] + ".test.mjs"))
            .Contains("test('" + parts[1] + "'", StringComparison.Ordinal);
    }

    /// <summary>A new provider is told of where people look; its own page has the rest.</summary>
    [Fact]
    public void Providers_EachOfThem_IsInTheReadmeTheTopicAndHasAPage()
    {
        string[] places = ["README.md", Path.Combine("module", "en-US", "about_Seedance_Providers.help.txt")];
        foreach (string provider in ProviderRegistry.Names.Where(name => name != "Simulator"))
        {
            Assert.All(places,
                place => Assert.Contains(provider, File.ReadAllText(Path.Combine(HostPages.Root, place)), StringComparison.Ordinal));
            Assert.Contains(HostPages.Routes, route => route.Host == provider);
        }
    }

    [Fact]
    public void Table_InTheDocs_IsWhatTheTestsSay()
    {
        string path = Path.Combine(HostPages.Root, "docs", "conformance.md");
        string table = Table();
        if (Environment.GetEnvironmentVariable(Rewrite) is { Length: > 0 })
        {
            File.WriteAllText(path, table);
        }

        Assert.True(
            table == File.ReadAllText(path).ReplaceLineEndings("\n"),
            "docs/conformance.md is not what the tests say: run this test with " + Rewrite + "=1, which writes it, and commit it.");
    }

    /// <summary>The tests by item; one trait may name several, and so may a line of a table of answers.</summary>
    private static Dictionary<string, string[]> Tests() => typeof(ConformanceTableTests).Assembly.GetTypes()
        .SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly))
        .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()
            .Concat(method.DeclaringType!.GetCustomAttributes<TraitAttribute>())
            .Where(trait => trait.Name == "Sheet" && method.GetCustomAttributes().Any(attribute => attribute is FactAttribute))
            .SelectMany(trait => Keys(trait.Value).Select(key => (Key: key, Test: method.DeclaringType!.Name + "." + method.Name))))
        .Concat(AnswerTable.Hosts.SelectMany(AnswerTable.Of).Where(answer => answer.Sheet is not null)
            .SelectMany(answer => Keys(answer.Sheet!).Select(key => (Key: key, Test: "answers of " + answer.Host + ": " + answer.Why))))
        .GroupBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key,
            group => group.Select(pair => pair.Test).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
        StringComparer.Ordinal);

    /// <summary>"seedance2-ai §8.1 §8.2" names two items of one sheet.</summary>
    private static IEnumerable<string> Keys(string trait)
    {
        string[] words = trait.Split('§', StringSplitOptions.TrimEntries);
        return words.Length <= 2 ? [trait] : words.Skip(1).Select(word => words[0] + " §" + word);
    }

    private static string Table()
    {
        Dictionary<string, string[]> tests = Tests();
        StringBuilder table = new("# Traps and open questions of the hosts\n\n");
        table.Append("Written by `ConformanceTableTests`; run the tests with `").Append(Rewrite).Append("=1` to write it again.\n\n");
        table.Append("| item | what it is about | tests |\n|---|---|---|\n");
        foreach (var (key, text) in HostPages.Items)
        {
            string covering = tests.TryGetValue(key, out string[]? names)
                ? string.Join("<br>", names.Select(name => "`" + name + "`"))
                : "none yet";
            string sheet = key.Split(' ')[0];
            table.Append("| [").Append(key).Append("](providers/").Append(sheet).Append(".md) | ").Append(text).Append(" | ")
                .Append(covering).Append(" |\n");
        }

        table.Append("\n# Routes, and what exercises them\n\n");
        table.Append(
            "Operations are tests of `tests/RealClients`, which run clients that nobody here wrote against the simulator; transcripts are wire documents with source and date. ");
        table.Append("Where a row has neither, the simulator's strictness is its authors' reading.\n\n");
        table.Append("| host | route | operations of real clients | transcripts |\n|---|---|---|---|\n");
        foreach (RouteItem item in HostPages.Routes)
        {
            table.Append("| ").Append(item.Host).Append(" | `").Append(item.Route).Append("` | ")
                .Append(string.Join("<br>", item.Operations)).Append(" | ")
                .Append(string.Join(", ", item.Transcripts)).Append(" |\n");
        }

        return table.ToString();
    }
}
