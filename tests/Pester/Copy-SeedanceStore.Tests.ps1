BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState
    Start-QuickSimulator | Out-Null
}

AfterAll { Stop-SeedanceSimulator }

Describe 'Copy-SeedanceStore' -Tag SQLite {
    BeforeAll {
        $job = New-SeedanceVideo 'a kite' -Provider Simulator -ClientToken row-1 -Tag hero
        $copy = Join-Path -Path $TestDrive -ChildPath 'a copy'
        $first = $env:SEEDANCE_HOME
    }

    AfterEach { $env:SEEDANCE_HOME = $first }

    It 'copies nothing with -WhatIf' {
        Copy-SeedanceStore -To $copy -WhatIf
        Join-Path -Path $copy -ChildPath seedance.db | Should -Not -Exist
    }

    It 'gives another folder the jobs, their tokens and the money' {
        $said = Copy-SeedanceStore -To $copy -Verbose 4>&1
        $said.Message | Should -Contain 'job: 1 rows, the same in both.'
        $spend = Get-SeedanceSpend
        $env:SEEDANCE_HOME = $copy
        (Get-SeedanceJob -Tag hero).Id | Should -Be $job.Id
        (Get-SeedanceSpend).Jobs | Should -Be $spend.Jobs
        (New-SeedanceVideo 'a kite' -Provider Simulator -ClientToken row-1 -Tag hero).Id | Should -Be $job.Id
    }

    It 'refuses a store that has jobs' {
        $result = Invoke-Collected { Copy-SeedanceStore -From $copy -To $first }
        "$($result.Errors)$($result.Terminated)" | Should -BeLike "*is not empty: its table*"
    }

    It 'refuses a folder without a store' {
        $result = Invoke-Collected { Copy-SeedanceStore -From $TestDrive -To $copy }
        "$($result.Errors)$($result.Terminated)" | Should -BeLike '*There is no store in*'
    }

    It 'shows no password of a server that is not there' {
        $result = Invoke-Collected { Copy-SeedanceStore -To 'Host=127.0.0.1;Port=1;Username=u;Password=canary-password;Timeout=1' }
        "$($result.Errors)$($result.Terminated)" | Should -BeLike '*does not answer*'
        (@($result.Errors) + $result.Terminated | Format-List -Force | Out-String) | Should -Not -Match canary
    }
}
