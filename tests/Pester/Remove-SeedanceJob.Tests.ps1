BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Remove-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $running = New-SeedanceVideo '[never] a fox' -Provider Replicate -Model seedance-2.0
        $done = New-SeedanceVideo 'a hare' -Provider Replicate -Model seedance-2.0 | Wait-ByRefresh
    }

    It 'forgets what has ended, and never cancels' {
        $done | Remove-SeedanceJob -Confirm:$false | Should -BeNullOrEmpty
        (Invoke-Collected { Get-SeedanceJob -Id $done.Id }).Errors | Get-ErrorCode | Should -Be 'JobNotFound'
        Remove-SeedanceJob -Id $running.Id -Force -Confirm:$false
        $adopted = Get-SeedanceJob -Provider Replicate -ProviderJobId $running.ProviderJobId
        $adopted.IsFinished | Should -BeFalse -Because 'it goes on at the provider'
    }

    It 'refuses what has not ended without -Force, and goes on with the others' {
        $result = Invoke-Collected { $running.Id, $done.Id | Remove-SeedanceJob -Confirm:$false }
        $result.Errors | Get-ErrorCode | Should -Be 'InvalidRequest'
        $result.Errors[0].ErrorDetails.RecommendedAction | Should -Match 'Stop-SeedanceJob'
        (Get-SeedanceJob).Id | Should -Be $running.Id
    }

    It 'removes nothing with -WhatIf' {
        $done | Remove-SeedanceJob -WhatIf
        Remove-SeedanceJob -OlderThan ([timespan]::Zero) -Force -WhatIf
        @(Get-SeedanceJob).Count | Should -Be 2
    }

    It 'names each job with -WhatIf, also those that an age stands for' {
        $lines = Get-WhatIfText { Remove-SeedanceJob -OlderThan ([timespan]::Zero) -Force -WhatIf }
        $lines.Count | Should -Be 2
        $lines -match $done.Id | Should -Match 'What if: .*Replicate, Succeeded'
        $lines -match $running.Id | Should -Not -BeNullOrEmpty
        Get-WhatIfText { Remove-SeedanceJob -OlderThan ([timespan]::Zero) -WhatIf } | Should -Match $done.Id -Because 'what has not ended is kept'
        @(Get-SeedanceJob).Count | Should -Be 2
    }

    It 'asks first where nobody said otherwise' {
        $null = Invoke-NewProcess "Remove-SeedanceJob -Id $($done.Id)"
        (Get-SeedanceJob -Id $done.Id).Id | Should -Be $done.Id -Because 'a host that cannot ask must not remove'
    }

    It 'removes by age what has ended, by provider and status' {
        Remove-SeedanceJob -OlderThan ([timespan]::FromHours(1)) -Confirm:$false
        @(Get-SeedanceJob).Count | Should -Be 2
        Remove-SeedanceJob -OlderThan ([timespan]::Zero) -Provider Muapi -Confirm:$false
        Remove-SeedanceJob -OlderThan ([timespan]::Zero) -Status Failed -Confirm:$false
        @(Get-SeedanceJob).Count | Should -Be 2
        Remove-SeedanceJob -OlderThan ([timespan]::Zero) -Confirm:$false
        (Get-SeedanceJob).Id | Should -Be $running.Id
    }

    It 'leaves the video and the ledger alone' {
        $saved = $done | Save-SeedanceVideo -Destination (Join-Path -Path $TestDrive -ChildPath 'kept')
        $before = (Get-SeedanceSpend | Measure-Object -Property Jobs -Sum).Sum
        $saved | Remove-SeedanceJob -Confirm:$false
        $saved.Outputs[0].Path | Should -Exist
        (Get-SeedanceSpend | Measure-Object -Property Jobs -Sum).Sum | Should -Be $before
    }
}
