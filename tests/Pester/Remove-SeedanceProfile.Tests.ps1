BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Remove-SeedanceProfile' {
    BeforeEach {
        Reset-SeedanceState
        'drafts', 'finals' | ForEach-Object { Set-SeedanceProfile -Name $_ -Provider Simulator }
    }

    It 'removes what is piped in' {
        Get-SeedanceProfile -Name drafts | Remove-SeedanceProfile -Confirm:$false
        (Get-SeedanceProfile).Name | Should -Be 'finals'
    }

    It 'removes nothing with -WhatIf' {
        Remove-SeedanceProfile -Name drafts -WhatIf
        @(Get-SeedanceProfile).Count | Should -Be 2
    }

    It 'reports a name that is not there and goes on' {
        $result = Invoke-Collected { Remove-SeedanceProfile -Name nobody, drafts -Confirm:$false }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'ProfileNotFound,*'
        (Get-SeedanceProfile).Name | Should -Be 'finals'
    }
}
