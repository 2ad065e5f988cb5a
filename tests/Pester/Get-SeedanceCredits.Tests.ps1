BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Get-SeedanceCredits' {
    BeforeEach { Reset-SeedanceState }

    It 'writes a balance with its unit, marked as simulated' {
        $credits = Get-SeedanceCredits Simulator
        $credits.Unit | Should -Be 'credits'
        $credits.IsSimulated | Should -BeTrue
        ($credits | Out-String -Width 80) | Should -Match '\(SIM\)'
    }

    It 'takes profiles from the pipeline and reports the one that has no key' {
        Set-SeedanceProfile -Name good -Provider Simulator
        Set-SeedanceProfile -Name keyless -Provider Muapi
        $result = Invoke-Collected { Get-SeedanceProfile | Get-SeedanceCredits }
        $result.Output.Profile | Should -Be 'good'
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'CredentialMissing,*'
    }
}
