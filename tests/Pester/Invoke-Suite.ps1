<#
.SYNOPSIS
Runs the Pester suite against the built module. Exits with 0 when all passed, else with 1.
.PARAMETER Pester
The manifest of the Pester to use; without it the newest installed Pester 5.
.PARAMETER Queue
A folder that several of these share: of the files that its files.txt names, each takes the next one that no other has taken, and leaves its counts there.
#>
[CmdletBinding()]
param([string[]]$Path = $PSScriptRoot, [string]$Pester, [string]$Queue)

$ErrorActionPreference = 'Stop'
if (-not $Pester) {
    $Pester = (Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object -Property Version -Descending | Select-Object -First 1).Path
    if (-not $Pester) { throw "Pester 5 is not installed. 'dotnet test' brings its own." }
}

Import-Module -Name $Pester
$PSStyle.OutputRendering = 'PlainText'
$configuration = New-PesterConfiguration
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.RenderMode = 'PlainText'
if (-not $Queue) {
    $configuration.Run.Path = $Path
    exit [int]((Invoke-Pester -Configuration $configuration).Result -ne 'Passed')
}

$failed = $false
foreach ($file in Get-Content -Path (Join-Path -Path $Queue -ChildPath files.txt)) {
    $note = Join-Path -Path $Queue -ChildPath ((Split-Path -Path $file -Leaf) + '.json')
    if (-not (New-Item -Path $note -ItemType File -ErrorAction Ignore)) { continue }
    $configuration.Run.Path = $file
    $result = Invoke-Pester -Configuration $configuration
    $failed = $failed -or $result.Result -ne 'Passed'
    @{
        Passed  = $result.PassedCount
        Failed  = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
        Skipped = $result.SkippedCount + $result.InconclusiveCount + $result.NotRunCount
        Seconds = $result.Duration.TotalSeconds
    } | ConvertTo-Json | Set-Content -Path $note
}

exit [int]$failed
