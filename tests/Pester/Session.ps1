# Dot-sourced by BeforeAll: the built module, a state folder of its own and no key that the machine happens to have.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ManifestPath = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'Seedance.PowerShell', 'Seedance.PowerShell.psd1'))
. $PSScriptRoot/PostgresServer.ps1
Import-Module -Name $ManifestPath

function Reset-SeedanceState {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param()
    Stop-SeedanceSimulator -WarningAction SilentlyContinue
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) {
        if ($name -match '^SEEDANCE_|_(KEY|TOKEN)$') { [Environment]::SetEnvironmentVariable($name, $null) }
    }

    Set-NewStateFolder
}

# A state folder that nobody has used; where the suite runs on a server, a database that is as new.
function Set-NewStateFolder {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param()
    $name = 'n' + [guid]::NewGuid().ToString('n')
    $env:SEEDANCE_HOME = Join-Path -Path $TestDrive -ChildPath $name
    if ($env:SUITE_SERVER) {
        $env:SEEDANCE_STORE = New-SuiteDatabase -Name $name
    }
}

# Jobs that end at once, at every provider; the simulator inside the module takes seconds for each, as users see it.
function Start-QuickSimulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param()
    Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
}

# The command line that starts this engine once more. As a .NET tool PowerShell has no program of its own: dotnet runs its library.
function Get-EngineCommand {
    foreach ($name in 'pwsh', 'pwsh.exe', 'powershell.exe') {
        $program = Join-Path -Path $PSHOME -ChildPath $name
        if (Test-Path -LiteralPath $program -PathType Leaf) { return $program }
    }

    'dotnet', (Join-Path -Path $PSHOME -ChildPath 'pwsh.dll')
}

# A new engine process with this one's environment; returns its output lines and throws when it failed.
function Invoke-NewProcess {
    param([Parameter(Mandatory)][string]$Script)
    $file = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n') + '.ps1')
    Set-Content -Path $file -Value ("`$PSStyle.OutputRendering = 'PlainText'`nImport-Module -Name '$ManifestPath'`n" + $Script)
    $engine, $words = Get-EngineCommand
    $lines = & $engine @words -NoProfile -NonInteractive -File $file 2>&1
    if ($LASTEXITCODE -ne 0) { throw "The process ended with ${LASTEXITCODE}: $($lines -join [Environment]::NewLine)" }
    $lines
}

# What a command writes and what it reports, without stopping at the first error.
function Invoke-Collected {
    param([Parameter(Mandatory)][scriptblock]$Command)
    $ErrorActionPreference = 'Continue'
    $terminated = $null
    $records = [System.Collections.Generic.List[object]]::new()
    try { & $Command 2>&1 | ForEach-Object { $records.Add($_) } } catch { $terminated = $_ }
    [pscustomobject]@{
        Output     = @($records.Where({ $_ -isnot [System.Management.Automation.ErrorRecord] }))
        Errors     = @($records.Where({ $_ -is [System.Management.Automation.ErrorRecord] }))
        Terminated = $terminated
    }
}

# What -WhatIf says, a line each; the engine tells only its host, which a transcript listens to.
function Get-WhatIfText {
    param([Parameter(Mandatory)][scriptblock]$Command)
    $file = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n') + '.txt')
    $null = Start-Transcript -Path $file
    try { $null = & $Command } finally { $null = Stop-Transcript }
    Get-Content -Path $file | Where-Object { $_ -like 'What if:*' }
}

# Ends as soon as the job does; Wait-SeedanceJob asks when a real job is likely to have ended.
function Wait-ByRefresh {
    param([Parameter(Mandatory, ValueFromPipeline)][Seedance.SeedanceJob]$Job)
    process {
        $until = [datetime]::UtcNow.AddSeconds(60)
        do {
            Start-Sleep -Milliseconds 100
            $Job = Get-SeedanceJob -Id $Job.Id -Refresh
        } until ($Job.IsFinished -or [datetime]::UtcNow -gt $until)
        $Job
    }
}

# What somebody does after a crash: what the host's list shows is adopted, and what it does not show is given up, so that its account is free again.
function Resolve-AfterCrash {
    Get-SeedanceJob -Status Submitting, Unconfirmed | Resolve-SeedanceJob -Abandon -Force -Confirm:$false | Out-Null
}

# The ErrorId that scripts match: what stands before the comma.
function Get-ErrorCode {
    param([Parameter(Mandatory, ValueFromPipeline)][System.Management.Automation.ErrorRecord]$Record)
    process { ($Record.FullyQualifiedErrorId -split ',')[0] }
}
