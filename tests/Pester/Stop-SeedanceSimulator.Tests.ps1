BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Stop-SeedanceSimulator' {
    BeforeEach { Reset-SeedanceState }

    It 'counts what was taken and what fired' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'poll:1 unknown-status hatching'
        $null = New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p | Wait-ByRefresh
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 1
        $counts.FaultsFired['UnknownStatus'] | Should -Be 1
    }

    It 'stops every simulator when none is named' {
        $null = 1..2 | ForEach-Object { Start-SeedanceSimulator }
        @(Stop-SeedanceSimulator -PassThru).Count | Should -Be 2
        @(Stop-SeedanceSimulator -PassThru).Count | Should -Be 0
    }
}
