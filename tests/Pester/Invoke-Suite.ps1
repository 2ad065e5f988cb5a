<#
.SYNOPSIS
Runs the Pester suite against the built module. Exits with 0 when all passed, 3 without Pester 5, else 1.
#>
[CmdletBinding()]
param([string[]]$Path = $PSScriptRoot)

$pester = Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -ge 5 } | Sort-Object -Property Version -Descending | Select-Object -First 1
if (-not $pester) { exit 3 }

Import-Module -Name $pester.Path
$PSStyle.OutputRendering = 'PlainText'
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'PlainText'
$result = Invoke-Pester -Configuration $configuration
exit [int]($result.Result -ne 'Passed')
