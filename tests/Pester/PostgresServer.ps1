# Dot-sourced: a private PostgreSQL on loopback for tests, where the machine has the programs.

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
