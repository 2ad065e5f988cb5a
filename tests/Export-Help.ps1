#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.0' }
<#
.SYNOPSIS
Makes module/en-US/Seedance.PowerShell.dll-Help.xml from the pages in module/help.
.DESCRIPTION
The pages are the only place where parameter help is written; the XML is committed and never edited by hand. PlatyPS does the conversion. What it
leaves wrong for the console is put right here: code in its own element, defaults, no markdown marks.
.PARAMETER Check
Changes nothing; fails when the committed file is not what the pages give.
#>
[CmdletBinding()]
param([switch] $Check)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = [IO.Path]::Combine((Split-Path -Path $PSScriptRoot), 'module')
$target = [IO.Path]::Combine($module, 'en-US', 'Seedance.PowerShell.dll-Help.xml')
$pages = Get-ChildItem -Path ([IO.Path]::Combine($module, 'help', '*.md')) | Sort-Object -Property Name | Import-MarkdownCommandHelp
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
try {
    $made = $pages | Export-MamlCommandHelp -OutputFolder $scratch -Force
    $help = [xml]::new()
    $help.Load($made[0].FullName)
}
finally {
    Remove-Item $scratch -Recurse -Force -ErrorAction SilentlyContinue
}

$names = [Xml.XmlNamespaceManager]::new($help.NameTable)
$names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
$names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
$names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

function Add-Paragraph([Xml.XmlElement] $Parent, [string] $Text) {
    foreach ($part in $Text -split '\n\s*\n') {
        $para = $help.CreateElement('maml', 'para', $names.LookupNamespace('maml'))
        $para.InnerText = ($part -replace '`').Trim()
        $null = $Parent.AppendChild($para)
    }
}

foreach ($example in $help.SelectNodes('//command:example', $names)) {
    $title = $example.SelectSingleNode('maml:title', $names)
    $title.InnerText = '--- ' + $title.InnerText.Trim('- ') + ' ---'
    $text = @($example.SelectNodes('maml:introduction/maml:para', $names) | ForEach-Object InnerText) -join "`n`n"
    $fence = [regex]::Match($text, '(?s)```powershell\n(.*?)\n```')
    $example.SelectSingleNode('dev:code', $names).InnerText = $fence.Groups[1].Value
    Add-Paragraph $example.SelectSingleNode('dev:remarks', $names) $text.Remove($fence.Index, $fence.Length).Replace([string][char]0x80, '').Trim()
    $null = $example.RemoveChild($example.SelectSingleNode('maml:introduction', $names))
}

foreach ($para in @($help.SelectNodes('//maml:para[not(ancestor::command:example)]', $names))) {
    $parent = $para.ParentNode
    $text = $para.InnerText
    $null = $parent.RemoveChild($para)
    Add-Paragraph $parent $text
}

foreach ($link in @($help.SelectNodes('//maml:navigationLink[maml:linkText="Online Version"]', $names))) {
    $null = $link.ParentNode.RemoveChild($link)
}

# Files of the source are no addresses for a user of the module.
foreach ($address in $help.SelectNodes('//maml:navigationLink/maml:uri[not(starts-with(., "https:"))]', $names)) {
    $address.InnerText = ''
}

foreach ($page in $pages) {
    $command = $help.SelectSingleNode("//command:command[command:details/command:name='$($page.Title)']", $names)
    foreach ($known in $page.Parameters) {
        if ($known.DefaultValue -in '', 'None', $null) { continue }
        foreach ($parameter in $command.SelectNodes("command:parameters/command:parameter[maml:name='$($known.Name)']", $names)) {
            $default = $help.CreateElement('dev', 'defaultValue', $names.LookupNamespace('dev'))
            $default.InnerText = $known.DefaultValue
            $null = $parameter.AppendChild($default)
        }
    }
}

$buffer = [IO.MemoryStream]::new()
$writer = [Xml.XmlWriter]::Create($buffer, [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) })
$help.Save($writer)
$writer.Dispose()
$text = [Text.Encoding]::UTF8.GetString($buffer.ToArray()).TrimEnd() + "`n"
if (-not $Check) {
    [IO.File]::WriteAllText($target, $text)
    Get-Item $target
}
elseif (-not (Test-Path $target) -or [IO.File]::ReadAllText($target).Replace("`r`n", "`n") -cne $text) {
    throw "$target is not what module/help gives. Run tests/Export-Help.ps1 and commit the result."
}
