<#
.SYNOPSIS
Runs the clients of package.json against the simulator of the built module. Exits with 0 when all passed, else with 1.
.DESCRIPTION
Needs Node.js 20 and npm. 'dotnet build' composes the module before.
#>
[CmdletBinding()]
param([string]$Module = "$PSScriptRoot/../../out/Seedance.PowerShell")

$ErrorActionPreference = 'Stop'
$state = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('seedance-' + [guid]::NewGuid().ToString('n'))
$env:SEEDANCE_HOME = $state
Push-Location -Path $PSScriptRoot
try {
    npm ci --no-audit --no-fund --loglevel=error
    if ($LASTEXITCODE -ne 0) { throw 'npm could not install the clients.' }

    Import-Module -Name $Module
    $simulator = Start-SeedanceSimulator -QueueSec 0.3 -RunSec 0.5
    $env:SEEDANCE_REALCLIENTS_SIMULATOR = $simulator.Uri.AbsoluteUri.TrimEnd('/')
    node --test
    exit $LASTEXITCODE
}
finally {
    Pop-Location
    Stop-SeedanceSimulator -ErrorAction Ignore
    Remove-Item -Path $state -Recurse -Force -ErrorAction Ignore
}
