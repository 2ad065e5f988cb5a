<#
.SYNOPSIS
Goes on with everything that earlier sessions left behind.
.DESCRIPTION
Resolves submits whose outcome is unknown where the provider can be asked, waits for jobs that have not ended, saves what succeeded and was not saved,
and lists the jobs that need a person. It submits nothing and is safe to run at any time.
.EXAMPLE
./resume.ps1 -Destination ./videos
#>
[CmdletBinding()]
param(
    [string] $Destination = './videos',

    [int] $TimeoutSec = 3600,

    [int] $Days = 7
)

Set-StrictMode -Version Latest
if (-not (Get-Module Seedance.PowerShell)) { Import-Module Seedance.PowerShell }

$since = (Get-Date).AddDays(-$Days)

# Videos that are waiting at the provider go first: their addresses expire.
Get-SeedanceJob -Status Succeeded -After $since |
    Where-Object { -not ($_.Outputs | Where-Object Path) } |
    Save-SeedanceVideo -Destination $Destination

# What is found at the provider becomes Queued, Running or Succeeded; what is not stays as it is.
Get-SeedanceJob -Status Unconfirmed |
    Resolve-SeedanceJob -ErrorAction SilentlyContinue |
    Where-Object Status -EQ Succeeded |
    Save-SeedanceVideo -Destination $Destination

Get-SeedanceJob -Status Queued, Running |
    Wait-SeedanceJob -TimeoutSec $TimeoutSec |
    Where-Object Status -EQ Succeeded |
    Save-SeedanceVideo -Destination $Destination

$unknown = @(Get-SeedanceJob -Status Unconfirmed)
if ($unknown.Count -gt 0) {
    Write-Warning "$($unknown.Count) jobs may exist at the provider and may be charged. Look in its dashboard; Resolve-SeedanceJob with -ProviderJobId or -Abandon resolves them:"
    $unknown
}
