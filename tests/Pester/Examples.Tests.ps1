BeforeAll {
    . $PSScriptRoot/Session.ps1
    $examples = Join-Path -Path (Split-Path -Path $ManifestPath) -ChildPath examples

    # The exit code of an example in a new engine process, with this one's environment.
    function Get-ExampleExitCode {
        param([Parameter(Mandatory)][string]$Name, [Parameter(Mandatory)][string[]]$Argument)
        $engine, $words = Get-EngineCommand
        $null = & $engine @words -NoProfile -NonInteractive -Command "Import-Module '$ManifestPath'; & '$(Join-Path -Path $examples -ChildPath $Name)' $Argument; exit `$LASTEXITCODE" 2>&1
        $LASTEXITCODE
    }
}

Describe 'runbook.ps1' {
    BeforeEach {
        Reset-SeedanceState
        $sheet = Join-Path -Path $TestDrive -ChildPath rows.csv
        $arguments = "-Sheet '$sheet'", "-Destination '$(Join-Path -Path $TestDrive -ChildPath made)'", '-TimeoutSec 60'
    }

    It 'ends with 0 when all is saved' {
        Set-Content -Path $sheet -Value "Prompt,Provider`na fox,Simulator`na hare,Simulator"
        Get-ExampleExitCode runbook.ps1 $arguments | Should -Be 0
    }

    It 'ends with 1 when the next run goes on' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 600
        Set-Content -Path $sheet -Value "Prompt,Provider,Model`na fox,Muapi,seedance-2-mini"
        Get-ExampleExitCode runbook.ps1 ($arguments[0, 1] + '-TimeoutSec 1') | Should -Be 1
        Stop-SeedanceSimulator -Port $simulator.Port -WarningAction SilentlyContinue
    }

    It 'ends with 2 when a person has to look' {
        Set-Content -Path $sheet -Value "Prompt,Provider,Resolution`na fox,Simulator,`na hare,Simulator,9000p"
        Get-ExampleExitCode runbook.ps1 $arguments | Should -Be 2
    }
}
