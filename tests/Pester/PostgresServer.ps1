# Dot-sourced: a private PostgreSQL on loopback for tests, where the machine has the programs, and databases of the one that the suite runs on.

# One of its programs; nothing where there is none.
function Find-PostgresProgram {
    param([string]$Name = 'initdb')
    if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) { return }
    @($env:PATH -split [IO.Path]::PathSeparator) + @(Get-ChildItem -Path /usr/lib/postgresql/*/bin -ErrorAction SilentlyContinue | Sort-Object -Descending | ForEach-Object FullName) |
        Where-Object { $_ } | ForEach-Object { Join-Path -Path $_ -ChildPath $Name } | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
}

# The server, with the address that stands before its databases.
function Start-PostgresServer {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param()
    $data = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ('seedance-pester-' + [guid]::NewGuid().ToString('n'))
    $null = New-Item -ItemType Directory -Path $data
    # The server refuses to run as root.
    $user = if ((id -u) -eq '0') { chown 65534:65534 $data; 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups' } else { @() }
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()
    $program, $words = @($user; (Find-PostgresProgram initdb); '-D'; $data; '-U'; 'tester'; '-A'; 'trust'; '--no-sync'; '-E'; 'UTF8'; '--locale=C')
    & $program @words | Out-Null
    $program, $words = @($user; (Find-PostgresProgram postgres); '-D'; $data; '-k'; $data; '-h'; '127.0.0.1'; '-p'; "$port"; '-c'; 'fsync=off'; '-c'; 'max_connections=1000')
    $process = Start-Process -FilePath $program -ArgumentList $words -PassThru -RedirectStandardError "$data.log" -RedirectStandardOutput "$data.out"
    $until = [datetime]::UtcNow.AddSeconds(60)
    while (-not (Test-Path -LiteralPath "$data/.s.PGSQL.$port") -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
    [pscustomobject]@{ Process = $process; Data = $data; Psql = (Find-PostgresProgram psql); Address = "Host=127.0.0.1;Port=$port;Username=tester" }
}

function Stop-PostgresServer {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([Parameter(Mandatory)][object]$Server)
    if (-not $Server.Process.HasExited) { Stop-Process -Id $Server.Process.Id -Force; $Server.Process.WaitForExit() }
    Remove-Item -LiteralPath $Server.Data, "$($Server.Data).log", "$($Server.Data).out" -Recurse -Force -ErrorAction SilentlyContinue
}

# The client of the server that the suite runs on, whose words for a connection are others than the driver's.
function Invoke-Psql {
    param([Parameter(Mandatory)][string]$Database, [Parameter(Mandatory)][string]$Command)
    $words = $env:SUITE_SERVER -replace 'Host=', 'host=' -replace 'Port=', 'port=' -replace 'Username=', 'user=' -replace ';', ' '
    & $env:SUITE_PSQL "$words dbname=$Database" --quiet --tuples-only --command $Command
}

# A database that is as new on that server; returns the module's address of it.
function New-SuiteDatabase {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([Parameter(Mandatory)][string]$Name)
    Invoke-Psql -Database postgres -Command "create database $Name"
    "$env:SUITE_SERVER;Database=$Name;Connection Idle Lifetime=5;Connection Pruning Interval=2"
}
