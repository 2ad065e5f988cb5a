using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Seedance.PowerShell.Tests;

/// <summary>Advice that names a parameter which does not exist ends in another error.</summary>
public sealed class MessageTests
{
    // Of PowerShell itself, or of commands that are not ours.
    private static readonly string[] s_others = ["WhatIf", "Verbose", "Encoding"];

    [Theory]
    [InlineData("Seedance.Core")]
    [InlineData("Seedance.PowerShell")]
    public void Message_ThatNamesAParameter_NamesOneThatExists(string assembly)
    {
        HashSet<string> known = new(
            ShippedModule.Cmdlets.SelectMany(cmdlet => cmdlet.Parameters).SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name))
                .Concat(s_others),
            StringComparer.OrdinalIgnoreCase);
        List<string> named = [];
        foreach (string text in Texts(Path.Combine(ShippedModule.Folder, "core", assembly + ".dll")))
        {
            named.AddRange(
                Regex.Matches(text, @"(?<![\w-])-(?<name>[A-Z][a-z]+[A-Za-z]*)", RegexOptions.None, TimeSpan.FromSeconds(1))
                .Select(match => match.Groups["name"].Value));
        }

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(name => !known.Contains(name)).Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(string path)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        MetadataReader metadata = image.GetMetadataReader();
        UserStringHandle handle = MetadataTokens.UserStringHandle(0);
        do
        {
            yield return metadata.GetUserString(handle);
            handle = metadata.GetNextHandle(handle);
        }
        while (!handle.IsNil);
    }
}
