BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Watch-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
    }

    It 'follows what is under way to its end and passes it on' {
        $jobs = 'a', 'b' | New-SeedanceVideo -Provider Simulator
        $ended = @(Watch-SeedanceJob -PassThru 6>$null)
        $ended.Id | Sort-Object | Should -Be ($jobs.Id | Sort-Object)
        $ended.Status | Select-Object -Unique | Should -Be 'Succeeded'
    }

    It 'writes the table again where there is no console, when a state changes' {
        $lines = Invoke-NewProcess "`$null = New-SeedanceVideo a -Provider Simulator; Watch-SeedanceJob"
        "$lines" | Should -Match '1 under way, 0 ended'
        "$lines" | Should -Match '0 under way, 1 ended'
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessThan 80
    }
}
