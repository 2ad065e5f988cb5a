BeforeAll {
    . $PSScriptRoot/Session.ps1
}

Describe 'Set-SeedanceJob' {
    BeforeEach {
        Reset-SeedanceState
        $jobs = [pscustomobject]@{ Prompt = 'a fox'; Tag = 'shot-01' }, [pscustomobject]@{ Prompt = 'a hare'; Tag = 'shot-02' } |
            New-SeedanceVideo -Provider Simulator -Model seedance-sim -Batch board
    }

    It 'rates and tags, and Get-SeedanceJob finds by both' {
        $jobs[0] | Set-SeedanceJob -Rating 4 | Should -BeNullOrEmpty
        (Set-SeedanceJob -Id $jobs[1].Id -Rating 0 -Tag hare -PassThru).Tag | Should -Be 'hare'
        (Get-SeedanceJob -Rating 4, 5).Id | Should -Be $jobs[0].Id
        (Get-SeedanceJob -Rating 0).Id | Should -Be $jobs[1].Id
        (Get-SeedanceJob -Tag 'SHOT-*').Id | Should -Be $jobs[0].Id
        @(Get-SeedanceJob -Batch board).Count | Should -Be 2
        Get-SeedanceJob -Batch board -Tag hare -Rating 4 | Should -BeNullOrEmpty
    }

    It 'changes only what the command line names, whatever an older object says' {
        $jobs[0] | Set-SeedanceJob -Rating 5
        $jobs[0] | Set-SeedanceJob -Tag kept
        $read = Get-SeedanceJob -Id $jobs[0].Id
        $read.Rating | Should -Be 5
        $read.Tag | Should -Be 'kept'
        $jobs[0] | Set-SeedanceJob -Rating $null
        (Get-SeedanceJob -Id $jobs[0].Id).Rating | Should -BeNullOrEmpty
    }

    It 'reads an edited sheet back and takes blank cells as not given' {
        $csv = Join-Path -Path $TestDrive -ChildPath 'review.csv'
        $jobs | Export-Csv -Path $csv
        $rows = Import-Csv -Path $csv
        $rows[0].Rating = '3'
        $rows[0].Tag = ''
        $rows | Set-SeedanceJob
        $read = Get-SeedanceJob -Batch board
        $read[0].Rating | Should -Be 3
        $read.Tag | Should -Be @('shot-01', 'shot-02')
        $read[1].Rating | Should -BeNullOrEmpty
    }

    It 'refuses <Value> stars and goes on after an unknown job' -ForEach @(@{ Value = 6 }, @{ Value = -1 }, @{ Value = 2.5 }) {
        { Set-SeedanceJob -Id $jobs[0].Id -Rating $Value } | Should -Throw
        $result = Invoke-Collected { '20260101-000000-0000000', $jobs[0].Id | Set-SeedanceJob -Rating 2 -PassThru }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0] | Get-ErrorCode | Should -Be 'JobNotFound'
        $result.Output.Rating | Should -Be 2
    }

    It 'changes nothing with -WhatIf' {
        $jobs[0] | Set-SeedanceJob -Rating 4 -WhatIf
        (Get-SeedanceJob -Id $jobs[0].Id).Rating | Should -BeNullOrEmpty
    }
}
