<#
.SYNOPSIS
A worker of the queue for schedulers: takes planned jobs until there are none, and says by its exit code how it stands.
.DESCRIPTION
Plan jobs with New-SeedanceVideo -Queue or Invoke-SeedanceBatch -Queue, from any machine that shares the store. Run this from a scheduled task, a systemd unit, a
container or a runbook, as often and in as many places as you like. It asks no question and writes one line of JSON for each event. The exit code is 0 when
nothing is planned any more, 1 when the next run goes on with the rest, such as after a cap that is spent, and 2 when a person has to look.

Where the disk does not outlive the run, name a shared store: SEEDANCE_STORE=postgres://user@host/database, with the password in PGPASSWORD.
.EXAMPLE
./worker.ps1 -Destination /mnt/videos -ProfileName studio
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Destination,

    [string] $ProfileName,

    # Stays, and takes what is planned later, until it is stopped.
    [switch] $Stay,

    [string] $StateFolder
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

$whose = @{}
if ($ProfileName) { $whose.Profile = $ProfileName }
$until = if ($Stay) { 'Stopped' } else { 'Empty' }
$bad = 0
try {
    Invoke-SeedanceQueue $Destination @whose -Until $until -Confirm:$false `
        -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction SilentlyContinue -WarningVariable warnings |
        ForEach-Object {
            if (-not $_.IsSaved) { $bad++ }
            Write-Event -Kind job -Detail ([ordered]@{ id = $_.Id; status = "$($_.Status)"; cost = $_.Cost; unit = $_.CostUnit; path = $_.Path })
        }
}
catch {
    Write-Event -Kind end -Detail ([ordered]@{ code = 2; error = "$_" })
    exit 2
}

foreach ($warning in $warnings) { Write-Event -Kind warning -Detail @{ text = "$warning" } }
foreach ($problem in $errors) { Write-Event -Kind error -Detail ([ordered]@{ id = $problem.FullyQualifiedErrorId; text = "$problem" }) }
$left = @(Get-SeedanceJob -Status Planned).Count
$code = if ($bad + @($errors).Count -gt 0) { 2 } elseif ($left -gt 0) { 1 } else { 0 }
Write-Event -Kind end -Detail ([ordered]@{ code = $code; planned = $left })
exit $code
