BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Test-SeedanceSetup' {
    BeforeEach { Reset-SeedanceState }

    It 'passes on a new machine, says that there is no key, and fits 80 columns' {
        $checks = @(Test-SeedanceSetup)
        $checks.Result | Should -Not -Contain 'Failed'
        $checks.Where({ $_.Name -eq 'Keys' }).Result | Should -Be 'Warning'
        $text = $checks | Out-String -Width 80
        (($text -split '\r?\n') | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'asks the hosts of the accounts that are there, and takes their balance' {
        $null = Start-SeedanceSimulator -SetEnvironment
        $checks = @(Test-SeedanceSetup -Provider Muapi)
        $checks.Where({ $_.Name -eq 'Host Muapi' }).Result | Should -Be 'Passed'
        $checks.Where({ $_.Name -eq 'Key Muapi' }).Message | Should -Match 'Accepted; the balance is 100 USD'
        Stop-SeedanceSimulator
    }

    It 'fails for a provider that was named and has no key' {
        $checks = @(Test-SeedanceSetup Muapi -Offline)
        $checks.Where({ $_.Name -eq 'Keys' }).Result | Should -Be 'Failed'
        $checks.Where({ $_.Name -eq 'Keys' }).RecommendedAction | Should -Match 'MUAPI_API_KEY'
    }
}
