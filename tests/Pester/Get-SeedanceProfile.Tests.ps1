BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Get-SeedanceProfile' {
    BeforeEach {
        Reset-SeedanceState
        'drafts', 'finals' | ForEach-Object { Set-SeedanceProfile -Name $_ -Provider Simulator }
    }

    It 'lists, and filters by wildcard' {
        (Get-SeedanceProfile).Name | Should -Be @('drafts', 'finals')
        (Get-SeedanceProfile 'DR*').Name | Should -Be 'drafts'
    }

    It 'shows where the key is, what the caps are and what of them is spent' {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $env:MUAPI_API_KEY = 'some-gateway-of-mine'
        Set-SeedanceProfile -Name studio -Provider Muapi -MaxCostPerDay 5 -MaxCostPerMonth 60 -CostUnit USD
        $studio = Get-SeedanceProfile studio
        $studio.Key | Should -Be 'MUAPI_API_KEY (set)'
        $studio.SpentToday | Should -Be 0
        ($studio | Format-Table | Out-String -Width 80) | Should -Match '0/5 USD\s+0/60 USD'
        (Get-SeedanceProfile drafts).SpentToday | Should -BeNullOrEmpty
        Stop-SeedanceSimulator
    }

    It 'reports a name that is not there' {
        (Invoke-Collected { Get-SeedanceProfile -Name nobody }).Errors.FullyQualifiedErrorId | Should -BeLike 'ProfileNotFound,*'
        Get-SeedanceProfile -Name 'nobody*' | Should -BeNullOrEmpty
    }
}
