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

    It 'reports a name that is not there' {
        (Invoke-Collected { Get-SeedanceProfile -Name nobody }).Errors.FullyQualifiedErrorId | Should -BeLike 'ProfileNotFound,*'
        Get-SeedanceProfile -Name 'nobody*' | Should -BeNullOrEmpty
    }
}
