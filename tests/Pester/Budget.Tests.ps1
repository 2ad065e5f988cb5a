BeforeAll {
    . $PSScriptRoot/Session.ps1
    $draft = @{ Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 4 }
}

Describe 'New-SeedanceVideo -MaxCost' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
    }

    It 'refuses what is dearer, and takes what is not' {
        $price = (Measure-SeedanceVideo 'a' -Provider Muapi @draft).Cost
        $result = Invoke-Collected { New-SeedanceVideo 'a' -Provider Muapi @draft -MaxCost ($price - 0.001) }
        $result.Errors | Get-ErrorCode | Should -Be 'OverBudget'
        (New-SeedanceVideo 'a' -Provider Muapi @draft -MaxCost $price).EstimatedCost.Amount | Should -Be $price
        (New-SeedanceVideo 'b' -Provider Muapi @draft -MaxCost 0 -Force).ProviderJobId | Should -Not -BeNullOrEmpty
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }

    It 'refuses what has no price unless -Force' {
        (Invoke-Collected { New-SeedanceVideo 'a' -Provider AtlasCloud -Model seedance-2.0 -MaxCost 100 }).Errors | Get-ErrorCode | Should -Be 'PriceUnknown'
        (New-SeedanceVideo 'a' -Provider AtlasCloud -Model seedance-2.0 -MaxCost 100 -Force).EstimatedCost | Should -BeNullOrEmpty
    }

    It 'binds from a row' {
        $rows = 'Prompt,MaxCost', 'cheap,0.01', 'dear,5' | ConvertFrom-Csv
        $result = Invoke-Collected { $rows | New-SeedanceVideo -Provider Muapi @draft }
        $result.Errors | Get-ErrorCode | Should -Be 'OverBudget'
        $result.Output.Prompt | Should -Be 'dear'
    }

    It 'takes no comma in an amount' {
        $result = Invoke-Collected { 'Prompt;MaxCost', 'a;0,5' | ConvertFrom-Csv -Delimiter ';' | New-SeedanceVideo -Provider Muapi @draft }
        $result.Output | Should -BeNullOrEmpty
        $result.Errors[0].Exception.Message | Should -BeLike "*'0,5' is no amount*"
        { Set-SeedanceProfile x -Provider Muapi -MaxCostPerDay '0,1' -CostUnit USD } | Should -Throw "*'0,1' is no amount*"
    }

    It 'is told by -WhatIf, too' {
        $result = Invoke-Collected { 'a', 'b' | New-SeedanceVideo -Provider Muapi @draft -MaxCost 0.01 -WhatIf }
        $result.Errors | Get-ErrorCode | Should -Be @('OverBudget', 'OverBudget')
        Set-SeedanceProfile studio -Provider Muapi -MaxJobsPerDay 2
        $result = Invoke-Collected { 'a', 'b', 'c' | New-SeedanceVideo -Profile studio @draft -WhatIf }
        $result.Errors | Get-ErrorCode | Should -Be 'OverBudget'
        Get-SeedanceJob | Should -BeNullOrEmpty
        (Get-SeedanceSpend).Jobs | Should -Be 0
    }

    It 'reads an empty cell as no limit' {
        ('Prompt,MaxCost', 'a,' | ConvertFrom-Csv | New-SeedanceVideo -Provider Muapi @draft).Prompt | Should -Be 'a'
    }
}

Describe 'New-SeedanceVideo -Reuse' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
    }

    It 'submits once when a script runs twice, also for equal rows' {
        $script = "'a fox', 'a hare', 'a fox' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p -Reuse | ForEach-Object Id"
        $first = Invoke-NewProcess $script
        $first | Select-Object -Unique | Should -HaveCount 3
        Invoke-NewProcess $script | Should -Be $first
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 3
    }

    It 'submits what is new' {
        $first = New-SeedanceVideo 'a fox' -Provider Muapi @draft -Reuse
        (New-SeedanceVideo 'a fox' -Provider Muapi @draft -Reuse -AspectRatio 9:16).Id | Should -Not -Be $first.Id
        (New-SeedanceVideo 'a fox' -Provider Muapi @draft).Id | Should -Not -Be $first.Id
    }
}

Describe 'Several accounts' {
    BeforeEach { Reset-SeedanceState }

    It 'goes to the next when the first surely did not take it, and says so' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:1 status 402'
        $job = New-SeedanceVideo 'a fox' -Provider Muapi, BytePlus @draft
        $job.Provider | Should -Be 'BytePlus'
        $job.Attempts.Provider | Should -Be 'Muapi'
        $job.Attempts.Code | Should -Be 'InsufficientCredits'
        (Get-SeedanceJob -Id $job.Id).Attempts.Code | Should -Be 'InsufficientCredits'
        ($job | Format-List | Out-String) | Should -Match 'Muapi: InsufficientCredits'
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 1
        $counts.FaultsFired['ServerErrorBeforeAccept'] | Should -Be 1
    }

    It 'never goes on after an unknown outcome' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:1 reset-after-accept'
        $result = Invoke-Collected { New-SeedanceVideo 'a fox' -Provider Muapi, BytePlus @draft }
        $result.Output.Count | Should -Be 0
        $result.Errors | Get-ErrorCode | Should -Be 'SubmitUnconfirmed'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 1
    }

    It 'passes over an account without a key, and one over its cap' {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        Set-SeedanceProfile -Name keyless -Provider Muapi -KeyVariable NO_SUCH_VARIABLE
        Set-SeedanceProfile -Name spent -Provider Muapi -MaxJobsPerDay 0
        Set-SeedanceProfile -Name good -Provider BytePlus
        $job = New-SeedanceVideo 'a fox' -Profile keyless, spent, good @draft
        $job.Profile | Should -Be 'good'
        $job.Attempts.Code | Should -Be @('CredentialMissing', 'OverBudget')
    }

    It 'reports one error when nobody takes it' {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:* status 402'
        $result = Invoke-Collected { New-SeedanceVideo 'a fox' -Provider Muapi, Fal @draft }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0].Exception.Message | Should -Match 'Muapi.*Fal'
        @(Get-SeedanceJob).Count | Should -Be 0
    }

    It 'finds the job of -Reuse at whoever took it' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:1 status 402'
        $first = New-SeedanceVideo 'a fox' -Provider Muapi, BytePlus @draft -Reuse
        (New-SeedanceVideo 'a fox' -Provider Muapi, BytePlus @draft -Reuse).Id | Should -Be $first.Id
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 1
    }
}
