BeforeAll { . (Join-Path -Path $PSScriptRoot -ChildPath Session.ps1) }

Describe 'New-SeedanceVideo, all rows looked at first' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $draft = @{ Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 4 } # 0.32 USD.
        $rows = "@{ Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 4 }"
    }

    It 'says which rows exist, which are new and which are refused, and what it comes to' {
        $made = 'one', 'two' | New-SeedanceVideo @draft -Reuse
        $lines = Get-WhatIfText { 'one', 'two', 'three', '' | New-SeedanceVideo @draft -Reuse -WhatIf -ErrorAction SilentlyContinue }
        $lines[0] | Should -BeLike "What if: Return $($made[0].Id), *; nothing is paid: one"
        $lines[2] | Should -BeLike 'What if: Generate 4 s 480p * (about 0.32 USD): three'
        $lines[-1] | Should -Be 'What if: 4 rows: 2 exist, 1 new, 1 refused; about 0.32 USD'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }

    It 'says what a cap leaves' {
        Set-SeedanceProfile studio -Provider Muapi -MaxCostPerDay 1
        $lines = Get-WhatIfText { 'one', 'two' | New-SeedanceVideo -Profile studio -Model seedance-2-mini -Resolution 480p -Duration 4 -WhatIf }
        $lines[-1] | Should -Be 'What if: 2 rows: 2 new; about 0.64 USD of 1 left today'
    }

    It 'tells by -WhatIf that a token belongs to another request' {
        $null = New-SeedanceVideo 'one' @draft -ClientToken row-1
        $result = Invoke-Collected { New-SeedanceVideo 'another' @draft -ClientToken row-1 -WhatIf }
        $result.Errors | Get-ErrorCode | Should -Be 'InvalidRequest'
    }

    It 'submits all or nothing' {
        $result = Invoke-Collected { 'one', '', 'two' | New-SeedanceVideo @draft -AllOrNothing }
        $result.Output | Should -BeNullOrEmpty
        $result.Terminated.Exception.Message | Should -BeLike 'Nothing was sent,*3 rows: 2 new, 1 refused*'
        $result = Invoke-Collected { 'one', 'two' | New-SeedanceVideo @draft -AllOrNothing -MaxTotalCost 0.5 }
        $result.Errors | Get-ErrorCode | Should -Be 'OverBudget'
        $result.Terminated | Should -Not -BeNullOrEmpty
        (Get-SeedanceJob | Measure-Object).Count | Should -Be 0
        ('one', 'two' | New-SeedanceVideo @draft -AllOrNothing -MaxTotalCost 0.64).Prompt | Should -Be @('one', 'two')
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }

    It 'counts a row whose cell the engine refuses' {
        $bad = [pscustomobject]@{ Prompt = 'one' }, [pscustomobject]@{ Prompt = 'two'; MaxCost = 'dear' }
        $result = Invoke-Collected { $bad | New-SeedanceVideo @draft -AllOrNothing }
        $result.Terminated.Exception.Message | Should -BeLike '*2 rows: 1 new, 1 refused*'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 0
    }

    It 'asks once, and submits nothing where nobody can answer' {
        $null = Invoke-NewProcess "`$d = $rows; try { 'one', 'two' | New-SeedanceVideo @d -Confirm } catch { 'asked' }"
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 0
    }

    It 'marks what came back, and makes a failed one again where that is wanted' {
        $first = 'one' | New-SeedanceVideo @draft -Reuse
        $first.IsReused | Should -BeFalse
        $again = 'one', 'two' | New-SeedanceVideo @draft -Reuse -Verbose 4>&1
        $jobs = $again.Where({ $_ -is [Seedance.SeedanceJob] })
        $jobs.IsReused | Should -Be @($true, $false)
        ($again.Where({ $_ -is [System.Management.Automation.VerboseRecord] }).Message -join "`n") | Should -Match "Reused $($first.Id)"
        "$($again[-1])" | Should -Be '2 rows: 1 exist, 1 new; about 0.32 USD'
        { New-SeedanceVideo 'one' @draft -RetryFailed } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
