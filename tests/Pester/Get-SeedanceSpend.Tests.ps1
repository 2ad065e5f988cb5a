BeforeAll {
    . $PSScriptRoot/Session.ps1
    $draft = @{ Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 4 }
}

Describe 'Get-SeedanceSpend' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0 -Fault 'submit:3 status 402'
    }

    It 'agrees with what the simulator took and charged' {
        $jobs = @('a', 'b', 'refused', 'c' | New-SeedanceVideo -Provider Muapi @draft -ErrorAction SilentlyContinue)
        $reserved = Get-SeedanceSpend
        $reserved.Jobs | Should -Be 3
        $reserved.Seconds | Should -Be 12
        $reserved.Unit | Should -Be 'USD'
        $reserved.Total | Should -Be ($jobs.EstimatedCost.Amount | Measure-Object -Sum).Sum
        $ended = $jobs | Wait-ByRefresh
        $settled = Get-SeedanceSpend -Provider muapi
        $settled.Reserved | Should -Be 0
        $settled.Settled | Should -Be ($ended.ActualCost.Amount | Measure-Object -Sum).Sum
        $settled.Settled | Should -Be (100 - (Get-SeedanceCredits Muapi).Amount) -Because 'the simulator counts for itself'
        $settled.IsSimulated | Should -BeTrue
        ($settled | Format-Table | Out-String -Width 80) | Should -Match '\(SIM\)'
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be 3
        $counts.FaultsFired['ServerErrorBeforeAccept'] | Should -Be 1
    }

    It 'adds by a name, with a total for each unit and a bar against the month''s caps' {
        Set-SeedanceProfile -Name studio -Provider Muapi -MaxCostPerMonth 10 -CostUnit USD
        $jobs = @('a', 'b', 'refused' | New-SeedanceVideo -Profile studio @draft -ErrorAction SilentlyContinue) + @(New-SeedanceVideo 'c' -Provider Seedance2Ai -Model seedance-2.0)
        $sums = @(Get-SeedanceSpend -Month -By Provider)
        $muapi = $sums.Where({ $_.Name -eq 'Muapi' })[0]
        $muapi.Jobs | Should -Be 2
        $muapi.Total | Should -Be (($jobs | Where-Object Provider -EQ Muapi | Measure-Object -Property Cost -Sum).Sum)
        $sums.Where({ $_.Name -eq 'Seedance2Ai' })[0].Unit | Should -Be 'credits'
        @(Get-SeedanceSpend -By Profile).Name | Should -Contain 'studio'
        @(Get-SeedanceSpend -By Profile).Cap | Should -Not -Contain 10 -Because 'all time is no month'
        $text = $sums | Format-Table | Out-String -Width 80
        (($text -split '\r?\n') | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $text | Should -Match '\(SIM\)'
    }

    It 'keeps units apart and counts what has no price' {
        $null = New-SeedanceVideo 'a' -Provider Muapi @draft
        $null = New-SeedanceVideo 'b' -Provider Seedance2Ai -Model seedance-2.0
        $null = New-SeedanceVideo '[never] c' -Provider ModelsLab -Model seedance -ErrorAction SilentlyContinue
        $spend = Get-SeedanceSpend
        $spend.Where({ $_.Provider -eq 'Muapi' }).Unit | Should -Be 'USD'
        $spend.Where({ $_.Provider -eq 'Seedance2Ai' }).Unit | Should -Be 'credits'
        $spend.Where({ $_.UnpricedJobs -gt 0 }) | ForEach-Object { ($_ | Format-Table | Out-String -Width 80) | Should -Match 'unknown' }
        (Get-SeedanceSpend -Model seedance-2-mini).Provider | Should -Be 'Muapi'
        Get-SeedanceSpend -After ([datetime]::UtcNow.AddDays(2)) | Should -BeNullOrEmpty
        @(Get-SeedanceSpend -Before ([datetime]::UtcNow)).Count | Should -Be @($spend).Count
    }
}

Describe 'The caps of a profile' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $price = (Measure-SeedanceVideo 'a' -Provider Muapi @draft).Cost
    }

    It 'refuses the job that would break <Cap>, and sends nothing for it' -ForEach @(
        @{ Cap = 'MaxCostPerDay' }, @{ Cap = 'MaxCostPerMonth' }, @{ Cap = 'MaxJobsPerDay' }, @{ Cap = 'MaxJobsPerMonth' }
        @{ Cap = 'MaxSecondsPerDay' }, @{ Cap = 'MaxSecondsPerMonth' }
    ) {
        $limit = switch -Wildcard ($Cap) { 'MaxCost*' { $price * 2 + $price / 2 } 'MaxJobs*' { 2 } 'MaxSeconds*' { 9 } }
        $caps = @{ $Cap = $limit }
        Set-SeedanceProfile -Name capped -Provider Muapi @caps
        $result = Invoke-Collected { 'a', 'b', 'c' | New-SeedanceVideo -Profile capped @draft }
        $result.Output.Prompt | Should -Be @('a', 'b')
        $result.Errors | Get-ErrorCode | Should -Be 'OverBudget'
        $result.Errors[0].CategoryInfo.Category | Should -Be 'QuotaExceeded'
        $result.Errors[0].Exception.Message | Should -BeLike "*$Cap*"
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }

    It 'shows what is left, also before anything was spent' {
        Set-SeedanceProfile -Name capped -Provider Muapi -MaxCostPerDay 10 -CostUnit USD -MaxJobsPerDay 5 -MaxSecondsPerMonth 100
        $before = Get-SeedanceSpend -Profile capped
        $before.Left | Should -Be 10
        $before.JobsLeft | Should -Be 5
        $null = New-SeedanceVideo 'a' -Profile capped @draft
        $after = Get-SeedanceSpend -Profile capped
        $after.Left | Should -Be (10 - $price)
        $after.JobsLeft | Should -Be 4
        $after.SecondsLeft | Should -Be 96
    }

    It 'holds across processes' {
        Set-SeedanceProfile -Name capped -Provider Muapi -MaxJobsPerDay 1
        $null = Invoke-NewProcess "`$null = New-SeedanceVideo a -Profile capped -Model seedance-2-mini -Resolution 480p -Duration 4"
        (Invoke-Collected { New-SeedanceVideo 'b' -Profile capped @draft }).Errors | Get-ErrorCode | Should -Be 'OverBudget'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 1
    }

    It 'refuses an unknown price unless -Force' {
        Set-SeedanceProfile -Name capped -Provider AtlasCloud -MaxCostPerDay 10 -CostUnit USD
        (Invoke-Collected { New-SeedanceVideo 'a' -Profile capped -Model seedance-2.0 }).Errors | Get-ErrorCode | Should -Be 'PriceUnknown'
        (New-SeedanceVideo 'a' -Profile capped -Model seedance-2.0 -Force).ProviderJobId | Should -Not -BeNullOrEmpty
        (Get-SeedanceSpend -Profile capped).UnpricedJobs | Should -Contain 1
    }

    It 'is taken away with an empty value' {
        $null = Set-SeedanceProfile -Name capped -Provider Muapi -MaxJobsPerDay 0
        (Invoke-Collected { New-SeedanceVideo 'a' -Profile capped @draft }).Errors | Get-ErrorCode | Should -Be 'OverBudget'
        Set-SeedanceProfile -Name capped -MaxJobsPerDay $null
        (New-SeedanceVideo 'a' -Profile capped @draft).Profile | Should -Be 'capped'
    }
}
