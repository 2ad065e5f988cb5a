BeforeDiscovery {
    . $PSScriptRoot/PostgresServer.ps1
    $hasServer = [bool](Find-PostgresProgram)
}

Describe 'Three machines on one PostgreSQL' -Skip:(-not $hasServer) {
    BeforeAll {
        . $PSScriptRoot/Session.ps1
        $server = Start-PostgresServer

        # Three processes at once, each with a state folder of its own as three machines have.
        function Invoke-ThreeMachine {
            param([Parameter(Mandatory)][string]$Script)
            $engine, $words = Get-EngineCommand
            $machines = foreach ($number in 1..3) {
                $file = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n') + '.ps1')
                $stateFolder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
                Set-Content -Path $file -Value "`$env:SEEDANCE_HOME = '$stateFolder'`n`$ProgressPreference = 'SilentlyContinue'`nImport-Module -Name '$ManifestPath'`n$Script"
                Start-Process -FilePath $engine -ArgumentList @($words; '-NoProfile'; '-NonInteractive'; '-File'; $file | Where-Object { $_ }) -PassThru `
                    -RedirectStandardOutput "$file.out" -RedirectStandardError "$file.err" | Add-Member -NotePropertyName Log -NotePropertyValue "$file.out" -PassThru
            }
            foreach ($machine in $machines) {
                $machine.WaitForExit(240000) | Should -BeTrue
                , @(Get-Content -Path $machine.Log)
            }
        }
    }

    BeforeEach {
        Reset-SeedanceState
        $env:SEEDANCE_STORE = "$($server.Address);Database=postgres"
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
    }

    AfterEach { Stop-SeedanceSimulator -WarningAction SilentlyContinue }

    AfterAll {
        Stop-PostgresServer -Server $server
    }

    It 'make 60 jobs and 60 files of 60 rows with -Reuse in all three at once' {
        $logs = Invoke-ThreeMachine "Set-SeedanceProfile farm -Provider Muapi -Concurrency 20`n1..60 | ForEach-Object { ""row `$_"" } | New-SeedanceVideo -Profile farm -Model seedance-2-mini -Resolution 480p -Duration 4 -Reuse | Wait-SeedanceJob | Save-SeedanceVideo '$folder' | ForEach-Object Id"
        foreach ($log in $logs) { @($log | Sort-Object -Unique).Count | Should -Be 60 }
        @(Get-SeedanceJob).Count | Should -Be 60
        @(Get-ChildItem -Path $folder -Filter *.mp4).Count | Should -Be 60
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 60
    }

    It 'take 2 under a cap of 2 a day' {
        $null = Invoke-ThreeMachine "Set-SeedanceProfile studio -Provider Muapi -MaxJobsPerDay 2`n'a', 'b', 'c' | New-SeedanceVideo -Profile studio -Model seedance-2-mini -Resolution 480p -Duration 4 -ErrorAction SilentlyContinue"
        (Stop-SeedanceSimulator -Port $simulator.Port -PassThru).Accepted | Should -Be 2
    }
}
