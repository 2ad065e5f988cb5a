BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'A batch of 200 rows at a host that throttles, killed three times and started again' {
    BeforeEach {
        Reset-SeedanceState
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.2 -RequestsPerSecond 80
        Set-SeedanceProfile batch -Provider Replicate -Concurrency 40
        $rows = Join-Path -Path $TestDrive -ChildPath rows.csv
        $videos = Join-Path -Path $TestDrive -ChildPath videos
        1..200 | ForEach-Object { [pscustomobject]@{ Prompt = "fox number $_"; Duration = 5; Resolution = '480p'; ClientToken = "row-$_" } } | Export-Csv -Path $rows
        $script = Join-Path -Path $TestDrive -ChildPath batch.ps1
        Set-Content -Path $script -Value @"
Set-StrictMode -Version Latest
Import-Module -Name '$ManifestPath'
Import-Csv -Path '$rows' | New-SeedanceVideo -Profile batch -Model seedance-2.0 -ErrorVariable +problems -ErrorAction SilentlyContinue |
    Wait-SeedanceJob -ErrorVariable +problems -ErrorAction SilentlyContinue |
    Save-SeedanceVideo -Destination '$videos' -Name '{prompt}' -ErrorVariable +problems -ErrorAction SilentlyContinue | Out-Null
`$problems | ForEach-Object { (`$_.FullyQualifiedErrorId -split ',')[0] + ' ' + `$_.Exception.Message }
"@

        function Get-Count {
            param([string]$Folder, [string]$Filter)
            if (Test-Path -Path $Folder) { @(Get-ChildItem -Path $Folder -Filter $Filter -Recurse -File).Count } else { 0 }
        }
    }

    It 'makes each row once, saves each once, and counts the money once' {
        $seed = Get-Random -Maximum 1000000
        $random = [Random]::new($seed)
        $moments = @(
            @{ What = { @(Get-SeedanceJob -Unfinished).Count }; Reached = 1 + $random.Next(10) }
            @{ What = { @(Get-SeedanceJob).Count }; Reached = 30 + $random.Next(60) }
            @{ What = { Get-Count -Folder $videos -Filter *.mp4 }; Reached = 80 + $random.Next(60) }
        )
        $engine, $words = Get-EngineCommand
        foreach ($moment in $moments) {
            $process = Start-Process -FilePath $engine -ArgumentList (@($words) + '-NoProfile', '-NonInteractive', '-File', "`"$script`"") -PassThru
            while ((& $moment.What) -lt $moment.Reached) {
                $process.HasExited | Should -BeFalse -Because "it has to be killed with work left (seed $seed)"
                Start-Sleep -Milliseconds (40 + $random.Next(40)) # Looking costs the processor that the batch needs.
            }

            $process.Kill()
            $process.WaitForExit()
            Resolve-AfterCrash
        }

        $problems = & $engine @words -NoProfile -NonInteractive -File $script 2>&1

        # A process that was killed in the moment in which a request left has left a job whose outcome this host's list cannot deny. It is told, and not sent again.
        $unknown = @(Get-SeedanceJob -Status Unconfirmed, Cancelled)
        $saved = @(Get-SeedanceJob -Status Succeeded | Where-Object { Test-Path -LiteralPath $_.Outputs[0].Path })
        $accepted = (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted
        Write-Information "seed $($seed): $($saved.Count) videos, $accepted accepted, $($unknown.Count) unknown" -InformationAction Continue
        $saved.Count + $unknown.Count | Should -Be 200 -Because "every row ends (seed $seed): $problems"
        $accepted | Should -BeGreaterOrEqual $saved.Count
        $accepted | Should -BeLessOrEqual ($saved.Count + $unknown.Count)
        $saved.Prompt | Select-Object -Unique | Should -HaveCount $saved.Count
        Get-Count -Folder $videos -Filter *.mp4 | Should -Be $saved.Count
        Get-Count -Folder $videos -Filter *.part* | Should -Be 0
        $spend = @(Get-SeedanceSpend)
        ($spend | Measure-Object -Property Jobs -Sum).Sum | Should -Be 200
        ($spend | Measure-Object -Property Total -Sum).Sum | Should -Be (200 * $saved[0].EstimatedCost.Amount)
        @($problems).Count | Should -Be $unknown.Count -Because "nothing else goes wrong: $problems"
    }
}
