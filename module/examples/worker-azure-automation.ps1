<#
.SYNOPSIS
A runbook of Azure Automation that works on the queue.
.DESCRIPTION
A sandbox is interrupted and begun again on another worker with an empty disk: the store has to be a PostgreSQL that outlives it. Keep the connection, its password
and the key as encrypted variables of the Automation account. The videos go to a folder of a Hybrid Runbook Worker, or to a mounted share.
A runbook has no exit code: it fails where a person has to look, and ends well where the next schedule goes on.
#>
param(
    [Parameter(Mandatory)]
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
$env:SEEDANCE_HOME = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath seedance
$env:SEEDANCE_STORE = Get-AutomationVariable -Name SeedanceStore
$env:PGPASSWORD = Get-AutomationVariable -Name SeedanceStorePassword
$env:MUAPI_API_KEY = Get-AutomationVariable -Name MuapiApiKey
Import-Module Seedance.PowerShell

$bad = 0
Invoke-SeedanceQueue $Destination -Confirm:$false -ErrorAction Continue -ErrorVariable problems | ForEach-Object {
    if (-not $_.IsSaved) { $bad++ }
    '{0} {1} {2}' -f $_.Id, $_.Status, $_.Path
}
'{0} jobs are planned still.' -f @(Get-SeedanceJob -Status Planned).Count
if ($bad + @($problems).Count -gt 0) { throw "$bad jobs have no video; see the errors above." }
