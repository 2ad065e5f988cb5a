BeforeDiscovery {
    . $PSScriptRoot/PostgresServer.ps1
    $hasServer = [bool](Find-PostgresProgram)
}

Describe 'Three machines on one PostgreSQL' -Skip:(-not $hasServer) {
    BeforeAll {
        . $PSScriptRoot/Session.ps1
        $server = Start-PostgresServer

        Reset-SeedanceState
        $env:SEEDANCE_STORE = "$($server.Address);Database=postgres"
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
        $folder = Join-Path -Path $TestDrive -ChildPath videos

        # Three processes at once, each with a state folder of its own as three machines have.
        $engine, $words = Get-EngineCommand
        $machines = foreach ($number in 1..3) {
            $file = Join-Path -Path $TestDrive -ChildPath "machine$number.ps1"
            Set-Content -Path $file -Value @"
`$env:SEEDANCE_HOME = '$(Join-Path -Path $TestDrive -ChildPath "state$number")'
`$ProgressPreference = 'SilentlyContinue'
Import-Module -Name '$ManifestPath'
Set-SeedanceProfile capped -Provider Replicate -MaxJobsPerDay 2
Set-SeedanceProfile farm -Provider Muapi -Concurrency 20
'a', 'b', 'c' | New-SeedanceVideo -Profile capped -Model seedance-2.0 -ErrorAction SilentlyContinue | Out-Null
1..60 | ForEach-Object { "row `$_" } | New-SeedanceVideo -Profile farm -Model seedance-2-mini -Resolution 480p -Duration 4 -Reuse |
    Wait-SeedanceJob | Save-SeedanceVideo '$folder' | ForEach-Object Id
"@
            Start-Process -FilePath $engine -ArgumentList @($words; '-NoProfile'; '-NonInteractive'; '-File'; $file | Where-Object { $_ }) -PassThru `
                -RedirectStandardOutput "$file.out" -RedirectStandardError "$file.err" | Add-Member -NotePropertyName Log -NotePropertyValue "$file.out" -PassThru
        }

        $logs = foreach ($machine in $machines) {
            if (-not $machine.WaitForExit(240000)) { throw "A machine had not ended after four minutes: $(Get-Content -Path $machine.Log)" }
            , @(Get-Content -Path $machine.Log)
        }

        $jobs = Get-SeedanceJob | Group-Object -Property Provider -AsHashTable
        $accepted = (Stop-SeedanceSimulator -Port $simulator.Port -PassThru -WarningAction SilentlyContinue).Accepted
    }

    AfterAll {
        Stop-SeedanceSimulator -WarningAction SilentlyContinue
        Stop-PostgresServer -Server $server
    }

    It 'make 60 jobs and 60 files of 60 rows with -Reuse in all three at once' {
        foreach ($log in $logs) { @($log | Sort-Object -Unique).Count | Should -Be 60 }
        $jobs.Muapi.Count | Should -Be 60
        @(Get-ChildItem -Path $folder -Filter *.mp4).Count | Should -Be 60
    }

    It 'take 2 under a cap of 2 a day' { $jobs.Replicate.Count | Should -Be 2 }

    It 'send nothing else' { $accepted | Should -Be 62 }
}
