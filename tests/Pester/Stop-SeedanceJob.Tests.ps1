BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Stop-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 120 -RunSec 120
    }

    It 'cancels at <Provider>, frees the slot and keeps the record' -ForEach @(
        @{ Provider = 'Simulator'; Model = 'seedance-sim' }
        @{ Provider = 'Replicate'; Model = 'seedance-2.0' }
        @{ Provider = 'Fal'; Model = 'seedance-2.0' }
        @{ Provider = 'BytePlus'; Model = 'seedance-2.5' }
    ) {
        $job = New-SeedanceVideo 'a fox' -Provider $Provider -Model $Model
        $stopped = $job | Stop-SeedanceJob
        $stopped.Id | Should -Be $job.Id
        $stopped.Status | Should -Be 'Cancelled'
        (Get-SeedanceJob -Id $job.Id).Status | Should -Be 'Cancelled'
        @(Get-SeedanceJob -Unfinished).Count | Should -Be 0
    }

    It 'cancels the jobs of the simulator inside the module' {
        Stop-SeedanceSimulator
        $job = New-SeedanceVideo '[never] a fox' -Provider Simulator
        ($job.Id | Stop-SeedanceJob).Status | Should -Be 'Cancelled'
    }

    It 'says that <_> cannot, and leaves the job alone' -ForEach 'Muapi' {
        $job = New-SeedanceVideo 'a fox' -Provider $_ -Model seedance-2-mini
        $result = Invoke-Collected { Stop-SeedanceJob -Id $job.Id }
        $result.Output.Count | Should -Be 0
        $result.Errors | Get-ErrorCode | Should -Be 'NotSupportedByProvider'
        $result.Errors[0].CategoryInfo.Category | Should -Be 'NotImplemented'
        (Get-SeedanceJob -Id $job.Id).IsFinished | Should -BeFalse
    }

    It 'cancels nothing with -WhatIf' {
        $job = New-SeedanceVideo 'a fox' -Provider Replicate -Model seedance-2.0
        $job | Stop-SeedanceJob -WhatIf | Should -BeNullOrEmpty
        (Get-SeedanceJob -Id $job.Id -Refresh).IsFinished | Should -BeFalse
    }

    It 'reports what has ended and what is unknown, and goes on with the others' {
        $ended = New-SeedanceVideo 'a fox' -Provider Replicate -Model seedance-2.0 | Stop-SeedanceJob
        $job = New-SeedanceVideo 'a hare' -Provider Replicate -Model seedance-2.0
        $result = Invoke-Collected { $ended.Id, 'nope', $job.Id | Stop-SeedanceJob }
        $result.Errors | Get-ErrorCode | Should -Be @('InvalidRequest', 'JobNotFound')
        $result.Output.Id | Should -Be $job.Id
    }

    It 'at an Ark host cancels only what is queued, so that no finished record is erased there' {
        Stop-SeedanceSimulator
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 120
        $job = New-SeedanceVideo 'a fox' -Provider BytePlus -Model seedance-2.5
        (Invoke-Collected { $job | Stop-SeedanceJob }).Errors | Get-ErrorCode | Should -Be 'NotSupportedByProvider'
        (Get-SeedanceJob -Id $job.Id -Refresh).Status | Should -Be 'Running'
    }
}
