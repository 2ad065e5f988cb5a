BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Measure-SeedanceVideo' {
    BeforeEach { Reset-SeedanceState }

    It 'prices at every provider without a key, and asks nobody' {
        $prices = Measure-SeedanceVideo 'a fox' -Model seedance-2.0 -Resolution 480p -Duration 4 -All
        $prices.Provider | Sort-Object | Should -Be ((Get-SeedanceModel).Provider.Where({ $_ -ne 'Simulator' }) | Sort-Object -Unique)
        $prices.IsSimulated | Should -Not -Contain $true
        @($prices.Where({ $null -ne $_.Cost })).Count | Should -BeGreaterThan 1
        Test-Path -Path $env:SEEDANCE_HOME | Should -BeFalse
    }

    It 'calls an unknown price unknown, never 0, and says why' {
        $unknown = (Measure-SeedanceVideo 'a fox' -Model seedance-2.0 -Resolution 480p -Duration 4 -All).Where({ $null -eq $_.Cost })
        $unknown.Count | Should -BeGreaterThan 0
        foreach ($one in $unknown) {
            $one.Cost | Should -BeNullOrEmpty
            $one.Confidence | Should -Be 'Unknown'
            $one.Reason | Should -Not -BeNullOrEmpty
        }

        $text = $unknown | Format-Table | Out-String -Width 80
        $text | Should -Match 'unknown|not possible'
        ($text -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'puts the cheapest first by unit, and who cannot make it only with -All or by name' {
        $prices = @(Measure-SeedanceVideo 'a fox' -Model seedance-2.0 -Resolution 480p -Duration 4 -Offline)
        $prices.IsPossible | Should -Not -Contain $false
        $dollars = @($prices.Where({ $_.Unit -eq 'USD' }).Cost)
        $dollars | Should -Be ($dollars | Sort-Object)
        $prices[0].Unit | Should -Be 'USD'
        $all = @(Measure-SeedanceVideo 'a fox' -Model seedance-2.0 -Resolution 480p -Duration 4 -Offline -All)
        $all.Count | Should -BeGreaterThan $prices.Count
        $all[-1].IsPossible | Should -BeFalse
        (Measure-SeedanceVideo 'a fox' -Provider $all[-1].Provider -Model seedance-2.0 -Offline).IsPossible | Should -BeFalse
    }

    It 'says what -WhatIf says and what the job then says' {
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $request = @{ Prompt = 'a red fox'; Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 5 }
        $estimate = Measure-SeedanceVideo @request
        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted + $counts.Refused | Should -Be 0
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        (Get-WhatIfText { New-SeedanceVideo 'a red fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p -Duration 5 -WhatIf }) -join ' ' |
            Should -Match ([regex]::Escape("(about $($estimate.Cost.ToString('0.######', [cultureinfo]::InvariantCulture)) USD)"))
        (New-SeedanceVideo @request).EstimatedCost.Amount | Should -Be $estimate.Cost
    }

    It 'asks the provider that estimates, and not with -Offline' {
        $null = Start-SeedanceSimulator -SetEnvironment
        $asked = Measure-SeedanceVideo 'a fox' -Provider Wireflow -Model wf_something
        $asked.Confidence | Should -Be 'HostEstimate'
        $asked.Cost | Should -BeGreaterThan 0
        (Measure-SeedanceVideo 'a fox' -Provider Wireflow -Model wf_something -Offline).Cost | Should -BeNullOrEmpty
    }

    It 'marks the simulator, in tables and lists' {
        $estimate = Measure-SeedanceVideo 'a fox' -Provider Simulator
        $estimate.IsSimulated | Should -BeTrue
        ($estimate | Format-Table | Out-String -Width 80) | Should -Match '\(SIM\)'
        ($estimate | Format-List | Out-String -Width 80) | Should -Match 'SIMULATED'
    }

    It 'takes rows, reports the bad ones and goes on' {
        $rows = [pscustomobject]@{ Prompt = 'a fox'; Duration = 4 }, [pscustomobject]@{ Prompt = ''; Duration = 4 }, [pscustomobject]@{ Prompt = 'a hare'; Duration = 8 }
        $result = Invoke-Collected { $rows | Measure-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p }
        $result.Output.Count + $result.Errors.Count | Should -Be 3
        @($result.Output.Where({ $null -ne $_.Cost })).Count | Should -Be 2
        $result.Output.Where({ $null -ne $_.Cost })[1].Cost | Should -BeGreaterThan $result.Output[0].Cost
    }
}
