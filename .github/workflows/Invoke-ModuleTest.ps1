<#
.SYNOPSIS
Runs the Pester suite on the packaged module in the PowerShell that runs this script, and fails when that is another one than was asked for.
#>
param([Parameter(Mandatory)] [string] $Version)

$ErrorActionPreference = 'Stop'
$running = '{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor
if ($running -ne $Version) { throw "This is PowerShell $running, not $Version." }

# Windows brings Pester 3, signed by another publisher.
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
if ($PSVersionTable.PSEdition -eq 'Desktop') { $null = Install-PackageProvider NuGet -MinimumVersion 2.8.5.201 -Scope CurrentUser -Force }
Install-Module Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99 -Scope CurrentUser -Force -SkipPublisherCheck
Import-Module Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99

$root = Split-Path (Split-Path $PSScriptRoot)
$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path $root 'tests/Pester'
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = 'Detailed'
Invoke-Pester -Configuration $configuration
