BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Start-SeedanceSimulator and Stop-SeedanceSimulator' {
    BeforeEach { Reset-SeedanceState }

    It 'listens on loopback, sets the environment and takes it back' {
        $env:MUAPI_API_KEY = 'mine'
        $simulator = Start-SeedanceSimulator -SetEnvironment
        $simulator.Uri.IsLoopback | Should -BeTrue
        $env:SEEDANCE_MUAPI_URL | Should -Be "http://127.0.0.1:$($simulator.Port)/muapi"
        $env:MUAPI_API_KEY | Should -Be 'mine'
        $env:SEEDANCE_API_KEY | Should -Be 'simulated-key'
        $counts = $simulator | Stop-SeedanceSimulator -PassThru
        $counts.Port | Should -Be $simulator.Port
        $env:SEEDANCE_MUAPI_URL | Should -BeNullOrEmpty
        $env:SEEDANCE_API_KEY | Should -BeNullOrEmpty
        $env:MUAPI_API_KEY | Should -Be 'mine'
    }

    It 'leaves the environment alone without -SetEnvironment' {
        $simulator = Start-SeedanceSimulator
        $env:SEEDANCE_MUAPI_URL | Should -BeNullOrEmpty
        $simulator.Environment['SEEDANCE_MUAPI_URL'] | Should -BeLike 'http://127.0.0.1:*'
    }

    It 'nests: the inner one gives back what the outer one set' {
        $outer = Start-SeedanceSimulator -SetEnvironment
        $null = Start-SeedanceSimulator -SetEnvironment
        Stop-SeedanceSimulator
        $env:SEEDANCE_MUAPI_URL | Should -BeNullOrEmpty
        $outer.Port | Should -BeGreaterThan 0
    }

    It 'refuses a port in use and a fault that it does not know' {
        $simulator = Start-SeedanceSimulator
        (Invoke-Collected { Start-SeedanceSimulator -Port $simulator.Port }).Terminated.FullyQualifiedErrorId | Should -BeLike 'SimulatorFailure,*'
        $unknown = Invoke-Collected { Start-SeedanceSimulator -Fault 'submit:1 hiccup' }
        $unknown.Terminated.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $unknown.Terminated.Exception.Message | Should -Match 'reset-after-accept'
    }

    It 'starts and stops nothing with -WhatIf' {
        Start-SeedanceSimulator -WhatIf | Should -BeNullOrEmpty
        $simulator = Start-SeedanceSimulator
        Stop-SeedanceSimulator -WhatIf
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Port | Should -Be $simulator.Port
    }

    It 'reports a port that has no simulator' {
        (Invoke-Collected { Stop-SeedanceSimulator -Port 1 }).Errors.FullyQualifiedErrorId | Should -BeLike 'SimulatorFailure,*'
    }
}
