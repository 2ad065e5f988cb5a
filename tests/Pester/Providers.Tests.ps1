BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Every provider' {
    BeforeAll {
        Reset-SeedanceState
        $folder = Join-Path -Path $TestDrive -ChildPath 'all'
        $canary = 'ca+nary/' + [guid]::NewGuid().ToString('n')
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0.1 -RunSec 0.2
        foreach ($name in $simulator.Environment.Keys.Where({ $_ -notlike 'SEEDANCE_*_URL' })) { [Environment]::SetEnvironmentVariable($name, $canary) }
        $rows = @(Get-SeedanceModel -Mode TextToVideo | Group-Object -Property Provider | ForEach-Object {
                $model = if ($_.Name -eq 'Wireflow') { 'wf_something' } else { $_.Group[0].Name }
                [pscustomobject]@{ Prompt = "a fox at $($_.Name)"; Provider = $_.Name; Model = $model }
            })
        $rows | Export-Csv -Path (Join-Path -Path $TestDrive -ChildPath 'rows.csv')
        $text = Invoke-NewProcess @"
`$VerbosePreference = 'Continue'; `$DebugPreference = 'Continue'
Import-Csv -Path '$(Join-Path -Path $TestDrive -ChildPath 'rows.csv')' | New-SeedanceVideo | Wait-SeedanceJob -TimeoutSec 120 | Save-SeedanceVideo -Destination '$folder' *>&1 | Out-String -Width 4000
`$Error | Format-List -Property * -Force | Out-String -Width 4000
"@
        $jobs = @(Get-SeedanceJob)
    }

    AfterAll { Stop-SeedanceSimulator }

    It 'makes one video of one command, saved whole and marked as simulated' {
        $jobs.Provider | Sort-Object | Should -Be ($rows.Provider | Sort-Object)
        foreach ($job in $jobs) {
            $job.Status | Should -Be 'Succeeded' -Because "$($job.Provider): $($job.Error)"
            $job.IsSimulated | Should -BeTrue -Because $job.Provider
            $path = $job.Outputs[0].Path
            $path | Should -Exist -Because $job.Provider
            (Get-FileHash -Path $path -Algorithm SHA256).Hash | Should -Be $job.Outputs[0].Sha256
            if (Get-Command -Name ffprobe -ErrorAction SilentlyContinue) {
                $seen = ffprobe -v error -show_entries 'format=duration:stream=codec_type' -of json $path | ConvertFrom-Json
                $LASTEXITCODE | Should -Be 0 -Because $job.Provider
                [double]$seen.format.duration | Should -BeGreaterThan 0
                $seen.streams.codec_type | Should -Contain 'video'
            }
            else {
                [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes($path), 4, 4) | Should -Be 'ftyp'
            }
        }

        $counts = Stop-SeedanceSimulator -Port $simulator.Port -PassThru
        $counts.Accepted | Should -Be $rows.Count
    }

    It 'enters every job in the ledger once, as simulated' {
        $spend = Get-SeedanceSpend
        ($spend | Measure-Object -Property Jobs -Sum).Sum | Should -Be $rows.Count
        $spend.IsSimulated | Should -Not -Contain $false
    }

    It 'shows its key nowhere' {
        $text -join "`n" | Should -Match 'a fox at'
        $forms = @($canary, [uri]::EscapeDataString($canary), [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($canary)), $canary.Substring(8))
        $files = Get-ChildItem -Path $env:SEEDANCE_HOME, $folder -Recurse -File -Force
        foreach ($form in $forms) {
            ($text -join "`n").Contains($form) | Should -BeFalse
            foreach ($file in $files) { [System.IO.File]::ReadAllText($file.FullName).Contains($form) | Should -BeFalse -Because $file.Name }
        }
    }
}
