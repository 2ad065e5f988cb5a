<#
.SYNOPSIS
Runs the Pester suite against the built module. Exits with 0 when all passed, else with 1.
.PARAMETER Pester
The manifest of the Pester to use; without it the newest installed Pester 5.
#>
[CmdletBinding()]
param([string[]]$Path = $PSScriptRoot, [string]$Pester)

$ErrorActionPreference = 'Stop'
if (-not $Pester) {
    $Pester = (Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object -Property Version -Descending | Select-Object -First 1).Path
    if (-not $Pester) { throw "Pester 5 is not installed. 'dotnet test' brings its own." }
}

Import-Module -Name $Pester
$PSStyle.OutputRendering = 'PlainText'
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'PlainText'
$result = Invoke-Pester -Configuration $configuration
exit [int]($result.Result -ne 'Passed')
