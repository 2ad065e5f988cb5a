BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Invoke-SeedanceQueue' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $draft = @{ Provider = 'Muapi'; Model = 'seedance-2-mini'; Resolution = '480p'; Duration = 4 }
    }

    AfterEach { Stop-SeedanceSimulator -WarningAction SilentlyContinue }

    It 'makes the videos of planned jobs, the higher priority first' {
        $planned = 1, 2, 3 | ForEach-Object { [pscustomobject]@{ Prompt = "shot $_"; Priority = $_ } } | New-SeedanceVideo @draft -Queue
        $planned.Status | Should -Be @('Planned', 'Planned', 'Planned')
        Get-SeedanceSpend | Should -BeNullOrEmpty
        $done = Invoke-SeedanceQueue $folder -Confirm:$false
        @($done).Count | Should -Be 3
        $done | ForEach-Object { Test-Path -LiteralPath $_.Path | Should -BeTrue }
        # Slots are taken in this order; the answers to what is then sent at once come in any.
        (Get-SeedanceJob | Sort-Object -Property CreatedAt).Prompt | Should -Be @('shot 3', 'shot 2', 'shot 1')
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 3
    }

    It 'plans the rows of a sheet, and its next run finds them' {
        $null = New-Item -ItemType Directory -Path $folder
        $sheet = Join-Path -Path $folder -ChildPath shots.csv
        Set-Content -Path $sheet -Value "Prompt`na fox`na hare"
        $summary = Invoke-SeedanceBatch $sheet $folder @draft -Queue -Confirm:$false
        $summary.Planned | Should -Be 2
        "$summary" | Should -Match '^2 rows: 2 planned'
        (Import-Csv -Path (Join-Path -Path $folder -ChildPath shots.result.csv)).Status | Should -Be @('Planned', 'Planned')
        $null = Invoke-SeedanceQueue $folder -Confirm:$false
        (Invoke-SeedanceBatch $sheet $folder @draft -Confirm:$false).Saved | Should -Be 2
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }

    It 'leaves the rest planned when a cap is spent, and says so once' {
        Set-SeedanceProfile studio -Provider Muapi -MaxJobsPerDay 2
        1..4 | ForEach-Object { New-SeedanceVideo "shot $_" -Profile studio -Model seedance-2-mini -Resolution 480p -Duration 4 -Queue } | Out-Null
        $done = Invoke-SeedanceQueue $folder -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        @($done).Count | Should -Be 2
        @($warnings).Count | Should -Be 1
        $warnings[0] | Should -Match 'next day'
        @(Get-SeedanceJob -Status Planned).Count | Should -Be 2
    }

    It 'fails a job whose picture has changed, and pays nothing' {
        $picture = Join-Path -Path $TestDrive -ChildPath 'a.png'
        [IO.File]::WriteAllBytes($picture, [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))
        $null = New-SeedanceVideo 'a fox' -Image $picture @draft -Queue
        Add-Content -Path $picture -Value 'x'
        $run = Invoke-Collected { Invoke-SeedanceQueue $folder -Confirm:$false }
        $run.Output[0].Status | Should -Be 'Failed'
        $run.Output[0].Error.Code | Should -Be 'ReferenceUnreachable'
        $run.Errors[0] | Get-ErrorCode | Should -Be 'JobFailed'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 0
    }

    It 'cancels and forgets planned jobs, which costs nothing' {
        $jobs = 'a', 'b' | New-SeedanceVideo @draft -Queue
        (Stop-SeedanceJob -Id $jobs[0].Id).Status | Should -Be 'Cancelled'
        Remove-SeedanceJob -Id $jobs[1].Id -Confirm:$false
        Invoke-SeedanceQueue $folder -Confirm:$false | Should -BeNullOrEmpty
        Get-SeedanceSpend | Should -BeNullOrEmpty
    }

    It 'refuses a key, which no worker would have' {
        { New-SeedanceVideo 'a' @draft -Queue -ApiKey ([securestring]::new()) } | Should -Throw '*never kept for a worker*'
    }

    It 'shares the queue between two processes, and takes over from one that is killed' -Skip:($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
        Stop-SeedanceSimulator -Port $simulator.Port
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 3
        $count = 8
        1..$count | ForEach-Object { New-SeedanceVideo "shot $_" @draft -Queue } | Out-Null
        $script = Join-Path -Path $TestDrive -ChildPath worker.ps1
        Set-Content -Path $script -Value "Import-Module -Name '$ManifestPath'`nInvoke-SeedanceQueue '$folder' -Confirm:`$false | Out-Null"
        $engine, $words = Get-EngineCommand
        $start = { Start-Process -FilePath $engine -ArgumentList @($words; '-NoProfile'; '-NonInteractive'; '-File'; $script | Where-Object { $_ }) -PassThru }
        $first = & $start
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (@(Get-SeedanceJob -Status Queued, Running).Count -eq 0 -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
        $second = & $start
        Stop-Process -Id $first.Id -Force
        $second.WaitForExit(120000) | Should -BeTrue
        Resolve-AfterCrash
        $null = Invoke-SeedanceQueue $folder -Confirm:$false
        $jobs = @(Get-SeedanceJob)
        $jobs.Count | Should -Be $count
        # What was being sent at that very moment is in doubt, and never sent again: as many at the most as Muapi has slots.
        @($jobs | Where-Object { $_.Status -notin 'Succeeded', 'Cancelled' }).Count | Should -Be 0
        @($jobs | Where-Object { $_.Status -eq 'Cancelled' }).Count | Should -BeLessOrEqual 5
        @(Get-ChildItem -Path $folder -Filter *.mp4).Count | Should -Be @($jobs | Where-Object { $_.IsSaved }).Count
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -BeLessOrEqual $count
    }
}
