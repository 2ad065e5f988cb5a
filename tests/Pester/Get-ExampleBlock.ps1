<#
.SYNOPSIS
Reads the examples of a page: the fenced blocks of a help page and of the README, and the deeper lines of an about_ topic that are commands
of this module.
#>
[CmdletBinding()]
[OutputType([pscustomobject])]
param(
    # A help page, the README or an about_ topic.
    [Parameter(Mandatory)]
    [string] $Page
)

$source = (Get-Content -LiteralPath $Page -Raw) -replace "`r`n", "`n"
$number = 0
if ($Page -like '*.help.txt') {
    foreach ($block in [regex]::Matches($source, '(?m)(?<=\n\n)(?: {8}[^\n]*\n(?:\n(?= {8}))?)+')) {
        $code = $block.Value -replace '(?m)^ {8}', ''
        # What has places for the reader to fill in is no command yet; other files have their own deeper lines.
        if ($code -match '[A-Z][a-z]+-Seedance' -and $code -notmatch "(?<!')<[a-z]") { [pscustomobject]@{ Title = "block $((++$number))"; Code = $code } }
    }
}
else {
    foreach ($block in [regex]::Matches($source, '(?ms)(?:^### (Example \d+: [^\n]*)\n+)?^```powershell\n(.*?)\n```')) {
        [pscustomobject]@{ Title = $(if ($block.Groups[1].Success) { $block.Groups[1].Value } else { "block $((++$number))" }); Code = $block.Groups[2].Value }
    }
}
