<#
.SYNOPSIS
Makes a video of every row of a CSV file and saves it.
.DESCRIPTION
Shows the price of each row first and asks before anything is spent. Each row carries a client token made of the file's name and the row's number, so
the script can be run again after a crash: rows that were submitted already are not paid again.
.EXAMPLE
./batch.ps1 -Path ./prompts.csv -Provider Simulator -Destination ./drafts -Confirm:$false
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [string] $Provider = 'Simulator',

    [string] $Model = 'seedance-2-mini',

    [string] $Resolution = '480p',

    [string] $Destination = './drafts',

    [int] $TimeoutSec = 3600
)

Set-StrictMode -Version Latest
if (-not (Get-Module Seedance.PowerShell)) { Import-Module Seedance.PowerShell }

$settings = @{ Provider = $Provider; Model = $Model; Resolution = $Resolution }
$batch = [IO.Path]::GetFileNameWithoutExtension($Path)
$number = 0
$rows = @(Import-Csv -Path $Path -ErrorAction Stop | ForEach-Object {
        $number++
        $_ | Add-Member -NotePropertyName ClientToken -NotePropertyValue "$batch-$number" -PassThru
    })

# Checks and prices every row; sends and records nothing.
$rows | New-SeedanceVideo @settings -WhatIf -Confirm:$false

if (-not $PSCmdlet.ShouldProcess("$($rows.Count) videos at $Provider", 'Submit')) { return }

$rows |
    New-SeedanceVideo @settings -Confirm:$false -ErrorVariable refused |
    Wait-SeedanceJob -TimeoutSec $TimeoutSec -ErrorVariable unfinished |
    Save-SeedanceVideo -Destination $Destination -Name '{date}-{prompt}-{id}' -ErrorVariable unsaved -Confirm:$false |
    Select-Object Id, Status, EstimatedCost, ActualCost, @{ Name = 'File'; Expression = { $_.Outputs[0].Path } }

$problems = @($refused) + @($unfinished) + @($unsaved)
if ($problems.Count -gt 0) {
    Write-Warning "$($problems.Count) problems; the same command goes on where this one ended."
}
