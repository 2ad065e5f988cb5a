BeforeAll {
    . $PSScriptRoot/Session.ps1
    $draft = @{ Provider = 'Muapi'; Model = 'seedance-2-mini'; Confirm = $false }
}

Describe 'Invoke-SeedanceBatch' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory -Path $folder
        $sheet = Join-Path -Path $folder -ChildPath shots.csv
        $result = Join-Path -Path $folder -ChildPath shots.result.csv
        Set-Content -Path $sheet -Value "Prompt;Tag;Duration;Resolution;Client`na fox;shot-01;4;480p;Acme`na hare;shot-02;4;9000p;Acme`n`"an owl,`nsecond line`";shot-03;5;480p;"
    }

    AfterEach { Stop-SeedanceSimulator -WarningAction SilentlyContinue }

    It 'saves the good rows, names the bad one with its tag and row, and writes what became of each' {
        $run = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -WarningAction SilentlyContinue }
        $run.Output[0] | Should -BeOfType Seedance.SeedanceBatchSummary
        "$($run.Output[0])" | Should -Be '3 rows: 2 saved, 1 refused; 0.72 USD'
        $run.Errors[0] | Get-ErrorCode | Should -Be 'UnsupportedByModel'
        $run.Errors[0].Exception.Message | Should -Match '^Row 2 \(shot-02\): '
        $run.Errors[0].TargetObject.Prompt | Should -Be 'a hare'
        $run.Terminated | Get-ErrorCode | Should -Be 'BatchIncomplete'
        $rows = Import-Csv -Path $result -Delimiter ';'
        $rows.Status | Should -Be @('Saved', 'Refused', 'Saved')
        $rows[0].Client | Should -Be 'Acme'
        $rows[2].Prompt | Should -Be "an owl,`nsecond line"
        $rows[0, 2] | ForEach-Object { Test-Path -LiteralPath $_.Path | Should -BeTrue }
        (Get-SeedanceJob -Id $rows[0].Id).Tag | Should -Be 'shot-01'
    }

    It 'pays nothing again, and a row that was put right alone' {
        $null = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -WarningAction SilentlyContinue }
        (Get-Content -Path $sheet -Raw).Replace('9000p', '480p') | Set-Content -Path $sheet -NoNewline
        $run = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -WarningAction SilentlyContinue }
        $run.Terminated | Should -BeNullOrEmpty
        $run.Output[0].IsComplete | Should -BeTrue
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 3
    }

    It 'spends no more than -MaxTotalCost in a call, and the next call goes on' {
        (Get-Content -Path $sheet -Raw).Replace('9000p', '480p') | Set-Content -Path $sheet -NoNewline
        (Get-WhatIfText { Invoke-SeedanceBatch $sheet -Provider Muapi -Model seedance-2-mini -MaxTotalCost 0.7 -WhatIf }) -join ' ' |
            Should -Match '3 rows: 2 new, 1 beyond a budget; about 0\.64 USD'
        $run = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -MaxTotalCost 0.7 3>&1 }
        "$($run.Output)" | Should -Match '1 row was not submitted.*-MaxTotalCost allows 0\.7'
        "$($run.Output[-1])" | Should -Be '3 rows: 2 saved, 1 waiting; 0.64 USD'
        $run.Terminated | Get-ErrorCode | Should -Be 'BatchIncomplete'
        (Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -MaxTotalCost 0.7 }).Output[0].IsComplete | Should -BeTrue
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 3
    }

    It 'says the sums and sends nothing with -WhatIf, and with -AllOrNothing where a row is bad' {
        (Get-WhatIfText { Invoke-SeedanceBatch $sheet -Provider Muapi -Model seedance-2-mini -WhatIf -ErrorAction SilentlyContinue }) -join ' ' |
            Should -Match '3 rows: 2 new, 1 refused; about 0\.72 USD'
        $run = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -AllOrNothing -WarningAction SilentlyContinue }
        $run.Terminated | Get-ErrorCode | Should -Be 'BatchIncomplete'
        $run.Terminated.Exception.Message | Should -Match 'Nothing was sent'
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 0
    }

    It 'makes takes and drafts, and writes the rows with -PassThru' {
        $rows = @(Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -Draft -Take 2 -Name '{tag}-{take}' -PassThru -WarningAction SilentlyContinue }).Output
        $rows.Count | Should -Be 6
        @($rows | Where-Object Status -EQ Saved).Count | Should -Be 6 -Because 'a draft does not ask for 9000p'
        (Get-ChildItem -Path $folder -Filter *.mp4).Name | Should -Contain 'shot-03-2.mp4'
        @(Get-SeedanceJob).Request.DurationSeconds | Select-Object -Unique | Should -Be 4
    }

    It 'leaves failed rows alone, and makes them anew with -RetryFailed' {
        Stop-SeedanceSimulator -Port $simulator.Port
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1 -Fault 'submit:1 job-fails the host had a bad day'
        Set-Content -Path $sheet -Value "Prompt,Duration,Resolution`na fox,4,480p"
        $first = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft }
        $first.Output[0].Failed | Should -Be 1
        $again = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft }
        $again.Output[0].Failed | Should -Be 1
        @(Get-SeedanceJob).Count | Should -Be 1
        $retried = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft -RetryFailed }
        $retried.Output[0].Saved | Should -Be 1
        (Invoke-Collected { Invoke-SeedanceBatch $sheet $folder @draft }).Output[0].Saved | Should -Be 1
        @(Get-SeedanceJob).Count | Should -Be 2
    }

    It 'tells once how many rows a spent budget holds back' {
        Set-SeedanceProfile tight -Provider Muapi -MaxJobsPerDay 2 -Model seedance-2-mini
        Set-Content -Path $sheet -Value (@('Prompt,Duration,Resolution') + (1..5 | ForEach-Object { "fox $_,4,480p" }))
        $run = Invoke-Collected { Invoke-SeedanceBatch $sheet $folder -Profile tight -Confirm:$false -WarningVariable script:said -WarningAction SilentlyContinue }
        $run.Output[0].Saved | Should -Be 2
        $run.Output[0].Waiting | Should -Be 3
        $run.Errors | Should -BeNullOrEmpty
        @($said).Count | Should -Be 1
        "$said" | Should -Match '^3 rows were not submitted'
    }

    It 'ends a script with 1 where something is left' {
        { Invoke-NewProcess "`$ErrorActionPreference = 'Stop'; Invoke-SeedanceBatch '$sheet' '$folder' -Provider Muapi -Model seedance-2-mini -Confirm:`$false -ErrorAction SilentlyContinue" } |
            Should -Throw '*ended with 1*Not every row has its video*'
    }
}

Describe 'A sheet of 200 rows with 20 bad ones, killed twice' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.2 -RequestsPerSecond 80
        Set-SeedanceProfile sheet -Provider Replicate -Concurrency 40
        $folder = Join-Path -Path $TestDrive -ChildPath 'two-hundred'
        $null = New-Item -ItemType Directory -Path $folder -Force
        $sheet = Join-Path -Path $folder -ChildPath rows.csv
        1..200 | ForEach-Object { [pscustomobject]@{ Prompt = "fox number $_"; Tag = "shot-$_"; Duration = 5; Resolution = if ($_ % 10) { '480p' } else { '9000p' } } } | Export-Csv -Path $sheet
        $script = Join-Path -Path $folder -ChildPath run.ps1
        Set-Content -Path $script -Value "Import-Module -Name '$ManifestPath'; Invoke-SeedanceBatch -Path '$sheet' -Destination '$folder/videos' -Profile sheet -Model seedance-2.0 -Confirm:`$false -ErrorAction SilentlyContinue"
    }

    It 'ends with a whole result sheet, each good row paid once, and numbers that agree' {
        $engine, $words = Get-EngineCommand
        foreach ($reached in 15, 90) {
            $process = Start-Process -FilePath $engine -ArgumentList (@($words) + '-NoProfile', '-NonInteractive', '-File', "`"$script`"") -PassThru -RedirectStandardOutput (Join-Path $folder out.txt) -RedirectStandardError (Join-Path $folder err.txt)
            while (@(Get-ChildItem -Path "$folder/videos" -Filter *.mp4 -ErrorAction Ignore).Count -lt $reached) {
                $process.HasExited | Should -BeFalse -Because "it has to be killed with work left: $(Get-Content -Path $folder/err.txt, $folder/out.txt -Raw)"
                Start-Sleep -Milliseconds 20
            }

            $process.Kill()
            $process.WaitForExit()
            Resolve-AfterCrash
        }

        $null = & $engine @words -NoProfile -NonInteractive -File $script 2>&1
        $rows = @(Import-Csv -Path "$folder/rows.result.csv")
        $unknown = @(Get-SeedanceJob -Status Unconfirmed, Cancelled).Count # Killed in the moment in which its request left: told, and never sent again.
        $rows.Count | Should -Be 200
        @($rows | Where-Object Status -EQ Refused).Count | Should -Be 20
        $saved = @($rows | Where-Object Status -EQ Saved)
        $saved.Count + $unknown | Should -BeGreaterOrEqual 180 -Because ($rows | Where-Object Status -NotIn Saved, Refused | ForEach-Object { "$($_.Tag) $($_.Status) $($_.Error)" })
        @($saved | Where-Object { -not (Test-Path -LiteralPath $_.Path) }) | Should -BeNullOrEmpty
        $saved.Id | Select-Object -Unique | Should -HaveCount $saved.Count
        $accepted = (Stop-SeedanceSimulator -Port $simulator.Port -PassThru -WarningAction SilentlyContinue).Accepted
        $accepted | Should -BeGreaterOrEqual $saved.Count
        $accepted | Should -BeLessOrEqual ($saved.Count + $unknown)
        ((Get-SeedanceSpend | Measure-Object -Property Jobs -Sum).Sum) | Should -Be 180
        [Math]::Round(($saved | Measure-Object -Property Cost -Sum).Sum, 6) | Should -Be ($saved.Count * [decimal]$saved[0].Cost)
    }
}
