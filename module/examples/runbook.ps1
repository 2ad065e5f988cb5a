<#
.SYNOPSIS
One step of an unattended job, for Azure Automation and other schedulers.
.DESCRIPTION
Meant to be started every few minutes. Each run submits the rows of a sheet that were not submitted yet, waits for a bounded time, saves what is ready, and
ends; what still runs is picked up by the next run. Nothing asks a question, and no row is paid twice. It writes one line of JSON for each event. The exit
code tells the scheduler how it stands: 0 all rows are saved, 1 the next run goes on with the rest, 2 a person has to look.

The state folder has to outlive the run, or the next one knows nothing of the jobs: point SEEDANCE_HOME at a disk that stays, such as that of a Hybrid
Runbook Worker. Keep the key in the environment of the worker, or in a vault that a profile names.
.EXAMPLE
./runbook.ps1 -Sheet ./shots.csv -ProfileName studio -Destination /mnt/videos -StateFolder /mnt/state
#>
[CmdletBinding()]
param(
    # CSV whose columns are named like the parameters of New-SeedanceVideo.
    [Parameter(Mandatory)]
    [string] $Sheet,

    [string] $ProfileName,

    [Parameter(Mandatory)]
    [string] $Destination,

    [string] $StateFolder,

    [int] $TimeoutSec = 600
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
if ($StateFolder) { $env:SEEDANCE_HOME = $StateFolder }
if (-not (Get-Module Seedance.PowerShell)) { Import-Module Seedance.PowerShell -ErrorAction Stop }

function Write-Event {
    param([string] $Kind, [System.Collections.IDictionary] $Detail)
    $line = [ordered]@{ at = [DateTimeOffset]::UtcNow.ToString('o'); event = $Kind }
    foreach ($name in $Detail.Keys) { $line[$name] = $Detail[$name] }
    $line | ConvertTo-Json -Compress
}

$account = @{}
if ($ProfileName) { $account.Profile = $ProfileName }
$statuses = @()
$ended = $null
Write-Event -Kind begin -Detail @{ sheet = $Sheet }
try {
    Invoke-SeedanceBatch -Path $Sheet -Destination $Destination @account -TimeoutSec $TimeoutSec -PassThru -Confirm:$false `
        -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable warnings |
        ForEach-Object {
            $statuses += $_.Status
            Write-Event -Kind row -Detail ([ordered]@{ row = $_.Row; status = $_.Status; id = $_.Id; cost = $_.Cost; unit = $_.Unit; path = $_.Path; error = $_.Error })
        }
}
catch {
    $ended = $_
}

# Rows that a budget holds back are told of once, with their number.
foreach ($warning in $warnings) { Write-Event -Kind warning -Detail @{ text = "$warning" } }

# Time mends what waits or runs; all else is for somebody who can change a row, a key or a budget.
$code = if (@($statuses | Where-Object { $_ -notin 'Saved', 'Waiting', 'Planned', 'Submitting', 'Queued', 'Running' }).Count -gt 0) { 2 }
elseif ($ended -and $ended.FullyQualifiedErrorId -notlike 'BatchIncomplete,*') { 2 }
else { [int][bool]$ended }
$detail = [ordered]@{ code = $code; rows = $statuses.Count; saved = @($statuses -eq 'Saved').Count }
if ($ended) { $detail.error = $ended.Exception.Message }
Write-Event -Kind end -Detail $detail
exit $code
