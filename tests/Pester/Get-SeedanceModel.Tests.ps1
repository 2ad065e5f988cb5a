BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState
}

Describe 'Get-SeedanceModel' {
    It 'lists every provider with the source of each row' {
        $models = Get-SeedanceModel
        ($models.Provider | Select-Object -Unique).Count | Should -BeGreaterThan 1
        $models.Where({ -not $_.Source -or -not $_.SourceDate }).Count | Should -Be 0
    }

    It 'filters by name, wildcard, provider and mode' {
        (Get-SeedanceModel -Name seedance-sim).Provider | Select-Object -Unique | Should -Be 'Simulator'
        (Get-SeedanceModel -Name 'seedance-2*mini*').Name | Select-Object -Unique | Should -BeLike 'seedance-2*mini*'
        (Get-SeedanceModel -Provider muapi -Mode TextToVideo).Mode | Select-Object -Unique | Should -Be 'TextToVideo'
    }

    It 'writes nothing for a pattern that fits none and an error for a name' {
        Get-SeedanceModel -Name 'nothing*' | Should -BeNullOrEmpty
        (Invoke-Collected { Get-SeedanceModel -Name nothing }).Errors.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }

    It 'names the providers when one is unknown' {
        (Invoke-Collected { Get-SeedanceModel -Provider Nobody }).Terminated.ErrorDetails.RecommendedAction | Should -Match 'Muapi.*Simulator'
    }
}
