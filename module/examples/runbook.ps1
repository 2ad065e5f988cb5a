<#
.SYNOPSIS
One step of an unattended job, for Azure Automation and other schedulers.
.DESCRIPTION
Meant to be started every few minutes. Each run submits the requests of a JSON file that were not submitted yet, waits for a bounded time, saves what
is ready, writes one summary object, and ends; what still runs is picked up by the next run. Nothing asks a question. The exit code tells the scheduler how it
stands: 0 all is saved, 1 the next run goes on with the rest, 2 a person has to look.

The state folder has to outlive the run, or the next one knows nothing of the jobs: point SEEDANCE_HOME at a disk that stays, such as that of a Hybrid
Runbook Worker. Keep the key in the environment of the worker, or in a vault that a profile names.
.EXAMPLE
./runbook.ps1 -RequestFile ./requests.json -ProfileName studio -Destination /mnt/videos -StateFolder /mnt/state
#>
[CmdletBinding()]
param(
    # A JSON array of objects with Prompt and ClientToken, and any other parameter of New-SeedanceVideo.
    [Parameter(Mandatory)]
    [string] $RequestFile,

    [string] $ProfileName,

    [Parameter(Mandatory)]
    [string] $Destination,

    [string] $StateFolder,

    [int] $TimeoutSec = 600
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
if ($StateFolder) { $env:SEEDANCE_HOME = $StateFolder }
if (-not (Get-Module Seedance.PowerShell)) { Import-Module Seedance.PowerShell -ErrorAction Stop }

$problems = @()
$document = Get-Content -Path $RequestFile -Raw -ErrorAction Stop | ConvertFrom-Json
$requests = @($document) # Windows PowerShell writes an array as one object.
$account = @{}
if ($ProfileName) { $account.Profile = $ProfileName }

# A request without a token would be paid at every run.
$nameless = @($requests | Where-Object { -not $_.PSObject.Properties['ClientToken'] -or -not $_.ClientToken })
if ($nameless.Count -gt 0) { throw "$($nameless.Count) requests have no ClientToken." }

# Jobs of earlier runs come back by their token instead of being submitted again.
$jobs = @($requests | New-SeedanceVideo @account -ErrorVariable +problems -ErrorAction SilentlyContinue)
$ended = @($jobs | Wait-SeedanceJob -TimeoutSec $TimeoutSec -ErrorVariable +problems -ErrorAction SilentlyContinue)
$saved = @($ended | Where-Object Status -EQ Succeeded | Save-SeedanceVideo -Destination $Destination -ErrorVariable +problems -ErrorAction SilentlyContinue)

foreach ($problem in $problems) {
    Write-Warning "$(($problem.FullyQualifiedErrorId -split ',')[0]): $($problem.Exception.Message)"
}

$unconfirmed = @(Get-SeedanceJob -Status Unconfirmed).Count
$stillRunning = @($jobs | Where-Object ProviderJobId).Count - $ended.Count
[pscustomobject]@{
    Requested    = $requests.Count
    Ended        = $ended.Count
    Saved        = $saved.Count
    StillRunning = $stillRunning
    Unconfirmed  = $unconfirmed
    Problems     = $problems.Count
}

# What time mends by itself is for the next run; all else is for somebody who can change a request, a key or a budget.
$mends = 'WaitTimeout', 'SlotTimeout', 'RateLimited', 'ProviderUnavailable'
$forPeople = @($problems | Where-Object { ($_.FullyQualifiedErrorId -split ',')[0] -notin $mends })
if ($unconfirmed -gt 0 -or $forPeople.Count -gt 0) { exit 2 }
exit [int]($stillRunning -gt 0 -or $problems.Count -gt 0)
