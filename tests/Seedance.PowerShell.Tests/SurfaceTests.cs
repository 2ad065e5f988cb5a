namespace Seedance.PowerShell.Tests;

/// <summary>What scripts lean on: a rename is a breaking change.</summary>
public sealed class SurfaceTests
{
    private static readonly string[] s_approvedVerbs =
        ["New", "Get", "Wait", "Save", "Stop", "Remove", "Receive", "Resolve", "Test", "Measure", "Set", "Start", "Import", "Export",
            "ConvertFrom", "Watch", "Invoke", "Show", "Copy"];

    private static readonly string[] s_reserved =
        ["Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable",
            "PipelineVariable", "ProgressAction", "Verbose", "WarningAction", "WarningVariable", "WhatIf"];

    // What nobody knows beforehand: paths, addresses, texts and tokens of the user's, ids of a host's, numbers, and objects.
    private static readonly string[] s_free =
        ["Body", "CallbackUri", "ClientToken", "Column", "ConnectionString", "Copy-SeedanceStore -From", "Destination", "Header", "Image",
            "InputObject", "LastFrame", "Option", "Path", "Prompt", "ProviderJobId", "Proxy", "ReferenceAudio", "ReferenceImage",
            "ReferenceVideo", "Template", "To", "Value", "Concurrency", "MaxCost", "MaxCostPerDay", "MaxCostPerMonth", "MaxJobs",
            "MaxJobsPerDay", "MaxJobsPerMonth", "MaxSecondsPerDay", "MaxSecondsPerMonth", "MaxTotalCost", "MediaLength", "Newest",
            "Priority", "QueueSec", "Receive-SeedanceCallback -Port", "RequestsPerSecond", "RunSec", "Seed", "SlotTimeoutSec",
            "Start-SeedanceSimulator -Port", "Take", "ThrottleLimit", "TimeoutSec"];

    public static TheoryData<string> Names => [.. ShippedModule.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void Surface_IsTheGoldenFile()
    {
        StringBuilder surface = new();
        foreach (ShippedCmdlet cmdlet in ShippedModule.Cmdlets)
        {
            surface.Append(cmdlet.Name).Append(" -> ").AppendJoin(", ", cmdlet.OutputTypes);
            surface.Append(cmdlet.SupportsShouldProcess ? " ShouldProcess " + cmdlet.ConfirmImpact : string.Empty);
            surface.Append(cmdlet.DefaultParameterSet is { } set ? " default set " + set : string.Empty).Append('\n');
            foreach (ShippedParameter parameter in cmdlet.Parameters)
            {
                surface.Append(parameter.Describe()).Append('\n');
            }
        }

        string path = Path.Combine(ShippedModule.Repository, "tests", "Seedance.PowerShell.Tests", "Surface.txt");
        if (Environment.GetEnvironmentVariable("SEEDANCE_UPDATE_SURFACE") is { Length: > 0 })
        {
            File.WriteAllText(path, surface.ToString());
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), surface.ToString());
    }

    [Fact]
    public void Manifest_ExportsTheCmdletsAndNothingElse()
    {
        Assert.Equal(ShippedModule.Cmdlets.Select(cmdlet => cmdlet.Name),
            ShippedModule.ManifestList("CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Matches(@"FunctionsToExport\s*=\s*@\(\)", ShippedModule.Manifest);
        Assert.Matches(@"VariablesToExport\s*=\s*@\(\)", ShippedModule.Manifest);
        Assert.Matches(@"AliasesToExport\s*=\s*@\(\)", ShippedModule.Manifest);
    }

    [Fact]
    public void Manifest_HasTheVersionOfTheBuild() =>
        Assert.Contains("ModuleVersion          = '" + ShippedModule.Version + "'", ShippedModule.Manifest, StringComparison.Ordinal);

    [Fact]
    public void Manifest_NamesBothEditionsInKeysAndTags()
    {
        Assert.Equal(["Desktop", "Core"], ShippedModule.ManifestList("CompatiblePSEditions"));
        Assert.Superset(new HashSet<string>(["PSEdition_Desktop", "PSEdition_Core", "Windows", "Linux", "MacOS"]),
            new HashSet<string>(ShippedModule.ManifestList("Tags")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlet_IsNamedAsPowerShellExpects(string name)
    {
        ShippedCmdlet cmdlet = Find(name);
        Assert.Contains(cmdlet.Verb, s_approvedVerbs);
        Assert.StartsWith("Seedance", cmdlet.Noun, StringComparison.Ordinal);
        Assert.Equal(cmdlet.Verb + cmdlet.Noun + "Command", cmdlet.Type.Name);
        Assert.EndsWith(".Commands", cmdlet.Type.Namespace, StringComparison.Ordinal);
        Assert.True(cmdlet.Type.IsSealed);
        Assert.NotEmpty(cmdlet.OutputTypes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlet_ThatChangesSomething_AsksFirst(string name)
    {
        ShippedCmdlet cmdlet = Find(name);
        bool changes = cmdlet.Verb is "New" or "Save" or "Stop" or "Remove" or "Set" or "Start" or "Receive" or "Resolve" or "Show"
            or "Invoke" or "Copy" or "Export";
        Assert.Equal(changes && name != "New-SeedancePrompt", cmdlet.SupportsShouldProcess); // A text in memory changes nothing.
        Assert.Equal(cmdlet.Verb is "Remove" or "Invoke" ? 3 : 2, cmdlet.ConfirmImpact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_KeepTheRules(string name)
    {
        ShippedCmdlet cmdlet = Find(name);
        Assert.DoesNotContain(cmdlet.Parameters, parameter => s_reserved.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(cmdlet.Parameters, parameter => parameter.Type == typeof(bool) || parameter.Type == typeof(bool?));
        Assert.DoesNotContain(cmdlet.Parameters,
            parameter => parameter.Name is "Provider" or "Model" or "Profile" && parameter.AttributeNames.Contains("ValidateSetAttribute"));
        Assert.DoesNotContain(cmdlet.Parameters, parameter => parameter.Name is "ApiKey" or "Key" && parameter.Type.Name != "SecureString");
        Assert.True(cmdlet.Parameters.Count(
            parameter => parameter.Declarations.Any(declaration => ShippedCmdlet.Named(declaration, "Position") is not null)) <= 4);
        foreach (var set in cmdlet.Parameters
            .SelectMany(parameter =>
                parameter.Declarations.Where(declaration => ShippedCmdlet.Named(declaration, "ValueFromPipeline") is true))
            .GroupBy(declaration => (string?)ShippedCmdlet.Named(declaration, "ParameterSetName"), StringComparer.Ordinal))
        {
            Assert.Single(set);
        }
    }

    /// <summary>What has a known set is offered: by a completer, or by the engine for words that are fixed.</summary>
    [Fact]
    public void Parameters_WithAKnownSetOfValues_AreCompleted()
    {
        HashSet<string> used = [];
        List<string> missing = [];
        foreach ((ShippedCmdlet cmdlet, ShippedParameter parameter) in
            ShippedModule.Cmdlets.SelectMany(cmdlet => cmdlet.Parameters.Select(parameter => (cmdlet, parameter))))
        {
            Type type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type.GetElementType() ?? parameter.Type;
            string whole = cmdlet.Name + " -" + parameter.Name;
            string? free = s_free.FirstOrDefault(name => name == whole || name == parameter.Name);
            if (type.Name is "SwitchParameter" or "SecureString" || type.IsEnum
                || parameter.AttributeNames.Any(name => name is "ArgumentCompleterAttribute" or "ValidateSetAttribute"))
            {
                continue;
            }

            missing.AddRange(free is null ? [whole] : []);
            used.Add(free ?? whole);
        }

        Assert.Empty(missing);
        Assert.Empty(s_free.Except(used)); // A name that is free no more is struck out.
    }

    /// <summary>JSON makes a number of an enum in both editions, and Clixml makes of it what equals no word.</summary>
    [Fact]
    public void Nouns_SayInWordsWhatTheyMean() => Assert.Empty(ShippedModule.Nouns.GetExportedTypes()
        .Where(type => !typeof(Exception).IsAssignableFrom(type))
        .SelectMany(type => type.GetProperties())
        .Where(property =>
            (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType.GetGenericArguments().FirstOrDefault()
            ?? property.PropertyType).IsEnum)
        .Select(property => property.DeclaringType!.Name + "." + property.Name));

    [Fact]
    public void ProfileCmdlets_TakeNoKey() => Assert.DoesNotContain(
        ShippedModule.Cmdlets.Where(cmdlet => cmdlet.Noun == "SeedanceProfile").SelectMany(cmdlet => cmdlet.Parameters),
        parameter => parameter.Name is "ApiKey" or "Key" or "Secret" or "Token" || parameter.Type.Name is "SecureString" or "PSCredential");

    private static ShippedCmdlet Find(string name) => ShippedModule.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
