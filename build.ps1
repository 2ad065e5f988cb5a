<#
.SYNOPSIS
Builds, tests, shows or packages the module. A thin front for dotnet, which does all of it.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Package')][string]$Task = 'Build',
    [ValidateSet('Debug', 'Release')][string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path -Path $PSScriptRoot -ChildPath 'Seedance.PowerShell.sln'
$cmdlets = [System.IO.Path]::Combine($PSScriptRoot, 'src', 'Seedance.PowerShell', 'Seedance.PowerShell.csproj')
switch ($Task) {
    'Build' { dotnet build $solution --configuration $Configuration }
    'Test' { dotnet test $solution --configuration $Configuration }
    'Package' { dotnet build $cmdlets --configuration $Configuration -target:PackageModule }
    'Demo' {
        dotnet build $cmdlets --configuration $Configuration
        if ($LASTEXITCODE -eq 0) {
            Import-Module -Name ([System.IO.Path]::Combine($PSScriptRoot, 'out', 'Seedance.PowerShell', 'Seedance.PowerShell.psd1')) -Force
            New-SeedanceVideo -Prompt 'a red fox in the snow' -Provider Simulator | Wait-SeedanceJob | Save-SeedanceVideo -Destination (Join-Path -Path $PSScriptRoot -ChildPath 'out')
        }
    }
}

exit $LASTEXITCODE
