<#
.SYNOPSIS
Runs the Pester suite against the built module. Exits with 0 when all passed, else with 1.
.PARAMETER Pester
The manifest of the Pester to use; without it the newest installed Pester 5.
.PARAMETER Queue
A folder that several of these share: of the files that its files.txt names, each takes the next one that no other has taken, and leaves its counts there.
.PARAMETER Store
The engine of the store: SQLite, or a PostgreSQL of its own that it starts and ends. What is true of a file alone is left out then.
#>
[CmdletBinding()]
param([string[]]$Path = $PSScriptRoot, [string]$Pester, [string]$Queue, [ValidateSet('SQLite', 'PostgreSQL')][string]$Store = 'SQLite')

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
$server = $null
if ($Store -eq 'PostgreSQL') {
    . $PSScriptRoot/PostgresServer.ps1
    if (-not (Find-PostgresProgram)) { throw 'There is no PostgreSQL on this machine (initdb and postgres).' }
    $server = Start-PostgresServer
    $env:SUITE_SERVER = $server.Address
    $env:SUITE_PSQL = $server.Psql
    $configuration.Filter.ExcludeTag = 'SQLite'
}

try {
    $failed = $false
    if (-not $Queue) {
        $configuration.Run.Path = $Path
        $failed = (Invoke-Pester -Configuration $configuration).Result -ne 'Passed'
    }
    else {
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
    }
}
finally {
    if ($server) { Stop-PostgresServer -Server $server }
}

exit [int]$failed
