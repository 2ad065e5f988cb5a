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

    It 'lets the jobs expire that it had in hand, says so, and nobody waits for them or needs a key' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 600
        $job = New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p
        Stop-SeedanceSimulator -Port $simulator.Port -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -Match "$($job.Id) ends with the simulator at 127\.0\.0\.1:$($simulator.Port)"
        $env:MUAPI_API_KEY | Should -BeNullOrEmpty
        (Get-SeedanceJob -Id $job.Id).Status | Should -Be 'Expired'
        Get-SeedanceJob -Unfinished | Should -BeNullOrEmpty
        $result = Invoke-Collected { $job | Wait-SeedanceJob -TimeoutSec 60 }
        $result.Errors | Get-ErrorCode | Should -Be 'JobExpired'
    }

    It 'is missed at once by a process that waits for its jobs later' {
        $answer = Invoke-NewProcess @'
$null = Start-SeedanceSimulator -SetEnvironment -QueueSec 600
$null = New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p
'@
        $answer | Should -BeNullOrEmpty
        $result = Invoke-Collected { Get-SeedanceJob -Unfinished | Wait-SeedanceJob -TimeoutSec 60 }
        $result.Output.Status | Should -Be 'Expired'
        $result.Errors | Get-ErrorCode | Should -Be 'JobExpired'
    }

    It 'takes its files with it, and a save of them fails at once' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $job = New-SeedanceVideo -Prompt a -Provider Muapi -Model seedance-2-mini -Resolution 480p | Wait-ByRefresh
        Stop-SeedanceSimulator -Port $simulator.Port
        $result = Invoke-Collected { $job | Save-SeedanceVideo -Destination (Join-Path $TestDrive gone) }
        $result.Errors | Get-ErrorCode | Should -Be 'OutputExpired'
    }

    It 'stops every simulator when none is named' {
        $null = 1..2 | ForEach-Object { Start-SeedanceSimulator }
        @(Stop-SeedanceSimulator -PassThru).Count | Should -Be 2
        @(Stop-SeedanceSimulator -PassThru).Count | Should -Be 0
    }
}
