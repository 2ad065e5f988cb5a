BeforeAll {
    . $PSScriptRoot/Session.ps1

    function Get-LostJob {
        param([hashtable]$At)
        $request = @{ Prompt = 'a lost fox'; Resolution = '480p' } + $At
        $result = Invoke-Collected { New-SeedanceVideo @request }
        $result.Errors | Get-ErrorCode | Should -Be 'SubmitUnconfirmed'
        Get-SeedanceJob -Status Unconfirmed
    }
}

Describe 'An unconfirmed submit at a provider that lists jobs' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:1 reset-after-accept'
    }

    It 'settles by itself where the list has prompts, and the batch goes on' {
        $jobs = 'a lost fox', 'a hare' | New-SeedanceVideo -Provider Replicate -Model seedance-2.0 -Resolution 480p
        $jobs.Prompt | Should -Be @('a lost fox', 'a hare')
        $jobs.ProviderJobId | Select-Object -Unique | Should -HaveCount 2
        @(Get-SeedanceJob -Status Unconfirmed).Count | Should -Be 0
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 2
        $counts.FaultsFired['ResetAfterAccept'] | Should -Be 1
    }

    It 'settles by itself where the list has no prompts, by the mark that was sent' {
        $jobs = 'a lost fox', 'a hare' | New-SeedanceVideo -Provider BytePlus -Model seedance-2.5
        $jobs.Prompt | Should -Be @('a lost fox', 'a hare')
        $jobs[0].ProviderJobId | Should -Match '^cgt-'
        $jobs.ProviderJobId | Select-Object -Unique | Should -HaveCount 2
        ($jobs[0] | Wait-ByRefresh).Status | Should -Be 'Succeeded'
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 2
        $counts.FaultsFired['ResetAfterAccept'] | Should -Be 1
    }
}

Describe 'An unconfirmed submit at a provider without a list' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:2 reset-after-accept'
        $known = New-SeedanceVideo 'a hare' -Provider Muapi -Model seedance-2-mini -Resolution 480p
        $lost = Get-LostJob -At @{ Provider = 'Muapi'; Model = 'seedance-2-mini' }
    }

    It 'stays unconfirmed, and the error says what to do' {
        $result = Invoke-Collected { $lost | Resolve-SeedanceJob }
        $result.Errors | Get-ErrorCode | Should -Be 'SubmitUnconfirmed'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike "*Resolve-SeedanceJob -Id $($lost.Id) -ProviderJobId*"
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -BeLike '*-Abandon*'
        (Get-SeedanceJob -Id $lost.Id).Status | Should -Be 'Unconfirmed'
    }

    It 'asks before it believes an id, and gives no job to two records' {
        (Invoke-Collected { Resolve-SeedanceJob -Id $lost.Id -ProviderJobId 'no-such-job' }).Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        (Invoke-Collected { Resolve-SeedanceJob -Id $lost.Id -ProviderJobId $known.ProviderJobId }).Errors | Get-ErrorCode | Should -Be 'SubmitUnconfirmed'
        (Get-SeedanceJob -Id $lost.Id).Status | Should -Be 'Unconfirmed'
    }

    It 'adopts the job that -ProviderJobId names' {
        # The id that a dashboard would show: submitted to the same account from another state folder.
        $mine, $myStore = $env:SEEDANCE_HOME, $env:SEEDANCE_STORE
        Set-NewStateFolder
        $theirs = New-SeedanceVideo 'a lost fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p
        $env:SEEDANCE_HOME, $env:SEEDANCE_STORE = $mine, $myStore
        $adopted = Resolve-SeedanceJob -Id $lost.Id -ProviderJobId $theirs.ProviderJobId
        $adopted.Id | Should -Be $lost.Id
        $adopted.Error | Should -BeNullOrEmpty
        ($adopted | Wait-ByRefresh).Status | Should -Be 'Succeeded'
    }

    It 'frees the account with -Abandon, and keeps counting what may have been charged' {
        $spent = (Get-SeedanceSpend | Measure-Object -Property Jobs -Sum).Sum
        (Invoke-Collected { New-SeedanceVideo 'an owl' -Provider Muapi -Model seedance-2-mini -Resolution 480p }).Errors | Get-ErrorCode | Should -Be 'SubmitUnconfirmed'
        $given = $lost | Resolve-SeedanceJob -Abandon
        $given.Status | Should -Be 'Cancelled'
        $given.Error.Message | Should -Match 'Abandoned'
        (New-SeedanceVideo 'an owl' -Provider Muapi -Model seedance-2-mini -Resolution 480p).ProviderJobId | Should -Not -BeNullOrEmpty
        (Get-SeedanceSpend | Measure-Object -Property Jobs -Sum).Sum | Should -Be ($spent + 1)
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).FaultsFired['ResetAfterAccept'] | Should -Be 1
    }

    It 'changes nothing with -WhatIf, and writes a settled job as it is' {
        $lost | Resolve-SeedanceJob -Abandon -WhatIf | Should -BeNullOrEmpty
        (Get-SeedanceJob -Id $lost.Id).Status | Should -Be 'Unconfirmed'
        ($known | Resolve-SeedanceJob -Abandon).Status | Should -Not -Be 'Cancelled'
    }
}
