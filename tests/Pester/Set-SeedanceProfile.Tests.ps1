BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Set-SeedanceProfile' {
    BeforeEach { Reset-SeedanceState }

    It 'writes nothing unless -PassThru' {
        Set-SeedanceProfile -Name drafts -Provider Simulator | Should -BeNullOrEmpty
        (Set-SeedanceProfile -Name drafts -PassThru).Provider | Should -Be 'Simulator'
    }

    It 'changes what is named and keeps the rest' {
        Set-SeedanceProfile -Name drafts -Provider muapi -Model seedance-2-mini -Concurrency 3 -Default
        $profile1 = Set-SeedanceProfile -Name drafts -Concurrency 5 -PassThru
        $profile1.Provider | Should -Be 'Muapi'
        $profile1.Model | Should -Be 'seedance-2-mini'
        $profile1.Concurrency | Should -Be 5
        $profile1.IsDefault | Should -BeTrue
        (Set-SeedanceProfile -Name drafts -Model '' -Default:$false -PassThru).Model | Should -BeNullOrEmpty
        (Get-SeedanceProfile -Name drafts).IsDefault | Should -BeFalse
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a new profile without a provider'; Bad = @{} }
        @{ Name = 'an unknown provider'; Bad = @{ Provider = 'Nobody' } }
        @{ Name = 'plain http elsewhere'; Bad = @{ Provider = 'Muapi'; BaseUri = 'http://example.com' } }
        @{ Name = 'a password in an address'; Bad = @{ Provider = 'Muapi'; Proxy = 'http://me:secret@proxy:3128' } }
        @{ Name = 'a vault without a secret'; Bad = @{ Provider = 'Muapi'; Vault = 'v' } }
    ) {
        $result = Invoke-Collected { Set-SeedanceProfile -Name p1 @Bad }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'InvalidProfile,*'
        Test-Path -Path $env:SEEDANCE_HOME | Should -BeFalse
    }

    It 'does not repeat a key that was given as the name of a variable' {
        $result = Invoke-Collected { Set-SeedanceProfile -Name p1 -Provider Muapi -KeyVariable 'sk-canary-0123456789' }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'InvalidProfile,*'
        ($result.Errors | Format-List -Property * -Force | Out-String) -replace '(?m)^.*(InvocationInfo|Line\s*:).*$' | Should -Not -Match 'canary'
    }

    It 'writes nothing with -WhatIf' {
        Set-SeedanceProfile -Name drafts -Provider Simulator -WhatIf
        Test-Path -Path $env:SEEDANCE_HOME | Should -BeFalse
    }

    It 'serves a submit as the default' {
        Set-SeedanceProfile -Name drafts -Provider Simulator -Model seedance-sim -Default
        (New-SeedanceVideo 'a fox').Profile | Should -Be 'drafts'
    }
}
