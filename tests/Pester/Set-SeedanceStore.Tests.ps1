BeforeDiscovery {
    $folders = @($env:PATH -split [IO.Path]::PathSeparator) + @(Get-ChildItem -Path /usr/lib/postgresql/*/bin -ErrorAction SilentlyContinue | Sort-Object -Descending | ForEach-Object FullName)
    $hasServer = $PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows -and
        @($folders | Where-Object { $_ -and (Test-Path -LiteralPath (Join-Path -Path $_ -ChildPath initdb)) }).Count -gt 0
}

Describe 'Three machines on one PostgreSQL' -Skip:(-not $hasServer) {
    BeforeAll {
        . $PSScriptRoot/Session.ps1
        $folders = @($env:PATH -split [IO.Path]::PathSeparator) + @(Get-ChildItem -Path /usr/lib/postgresql/*/bin -ErrorAction SilentlyContinue | Sort-Object -Descending | ForEach-Object FullName)
        $bin = $folders | Where-Object { $_ -and (Test-Path -LiteralPath (Join-Path -Path $_ -ChildPath initdb)) } | Select-Object -First 1
        $data = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('seedance-pester-' + [guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory -Path $data
        # The server refuses to run as root.
        $user = if ((id -u) -eq '0') { chown 65534:65534 $data; 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' } else { @() }
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $program, $words = @($user; "$bin/initdb"; '-D'; $data; '-U'; 'tester'; '-A'; 'trust'; '--no-sync'; '-E'; 'UTF8'; '--locale=C')
        & $program @words | Out-Null
        $program, $words = @($user; "$bin/postgres"; '-D'; $data; '-k'; $data; '-h'; '127.0.0.1'; '-p'; "$port"; '-c'; 'fsync=off')
        $server = Start-Process -FilePath $program -ArgumentList $words -PassThru -RedirectStandardError "$TestDrive/postgres.log" -RedirectStandardOutput "$TestDrive/postgres.out"
        $until = [datetime]::UtcNow.AddSeconds(60)
        while (-not (Test-Path -LiteralPath "$data/.s.PGSQL.$port") -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }

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
        $env:SEEDANCE_STORE = "Host=127.0.0.1;Port=$port;Username=tester;Database=postgres"
        $simulator = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.1
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
    }

    AfterEach { Stop-SeedanceSimulator -WarningAction SilentlyContinue }

    AfterAll {
        if ($server -and -not $server.HasExited) { Stop-Process -Id $server.Id -Force; $server.WaitForExit() }
        Remove-Item -LiteralPath $data -Recurse -Force -ErrorAction SilentlyContinue
    }

    It 'make 60 jobs and 60 files of 60 rows with -Reuse in all three at once' {
        $logs = Invoke-ThreeMachine "1..60 | ForEach-Object { ""row `$_"" } | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Resolution 480p -Duration 4 -Reuse | Wait-SeedanceJob | Save-SeedanceVideo '$folder' | ForEach-Object Id"
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
