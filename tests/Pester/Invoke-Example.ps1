<#
.SYNOPSIS
Runs the examples of pages, each in a new folder and a new state folder against a simulator, and writes what went wrong as JSON, one object an example, to
a file with the page's name.
.DESCRIPTION
What the examples take for granted is made before: the sheets and pictures it names, two profiles, a saved job with a tag, a callback and, for the
page of Resolve-SeedanceJob, a submit whose answer was lost.
#>
[CmdletBinding()]
param(
    # Help pages, about_ topics, and the README, whose blocks are run one after the other in one place.
    [Parameter(Mandatory)]
    [string[]] $Page,

    [Parameter(Mandatory)]
    [string] $Manifest,

    # Where to work, and where the files go.
    [Parameter(Mandatory)]
    [string] $Folder
)

$ErrorActionPreference = 'Continue'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
Import-Module -Name $Manifest
. $PSScriptRoot/PostgresServer.ps1

# What an example sets, such as another store, is not there for the next page, whose commands would wait for a server that is not there.
$environment = [Environment]::GetEnvironmentVariables()
function Restore-Environment {
    foreach ($name in @([Environment]::GetEnvironmentVariables().Keys)) { [Environment]::SetEnvironmentVariable($name, $environment[$name]) }
}

function Initialize-Place {
    param([string] $Name, [string] $Below)
    $unique = 'n' + [guid]::NewGuid().ToString('n')
    $place = Join-Path -Path $Below -ChildPath $unique
    $null = New-Item -ItemType Directory -Path $place
    Set-Location -Path $place
    Restore-Environment
    Stop-SeedanceSimulator
    $env:SEEDANCE_HOME = Join-Path -Path $place -ChildPath state
    if ($env:SUITE_SERVER) { $env:SEEDANCE_STORE = New-SuiteDatabase -Name $unique }
    $env:REPLICATE_WEBHOOK_SECRET = 'whsec_' + [Convert]::ToBase64String([byte[]](1..24))
    $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.05
    Set-Content -Path prompts.csv -Value 'Prompt,Duration', 'A paper boat in a gutter,4', 'Waves against a lighthouse,5'
    Set-Content -Path shots.csv -Value 'Prompt,Tag,Duration', 'A paper boat in a gutter,shot-01,4', 'Waves against a lighthouse,shot-02,5'
    $picture = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')
    foreach ($file in 'anna.png', 'door-closed.png', 'door-open.png') { [System.IO.File]::WriteAllBytes((Join-Path -Path $place -ChildPath $file), $picture) }
    $null = New-Item -ItemType Directory -Path products
    foreach ($file in 'mug.png', 'lamp.png') { [System.IO.File]::WriteAllBytes((Join-Path -Path $place -ChildPath "products/$file"), $picture) }
    Set-SeedanceProfile -Name nightly -Provider Muapi -Model seedance-2-mini
    foreach ($client in 'client-a', 'client-b', 'studio') { Set-SeedanceProfile -Name $client -Provider Muapi }
    if ($Name -like 'about_*') { Set-SeedanceProfile -Name nightly -Default } # A topic takes for granted that there is one.

    $elsewhere = New-SeedanceVideo 'made elsewhere' -Provider Muapi -Model seedance-2-mini
    Remove-SeedanceJob -Id $elsewhere.Id -Force -Confirm:$false
    $script:foreign = $elsewhere.ProviderJobId
    if ($Name -eq 'Resolve-SeedanceJob') {
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0.05 -Fault 'submit:1 reset-after-accept'
        $null = New-SeedanceVideo 'lost' -Provider Muapi -Model seedance-2-mini -ErrorAction SilentlyContinue
        $taken = New-SeedanceVideo 'taken' -Provider Muapi -Model seedance-2-mini -ContinueUnconfirmed
        Remove-SeedanceJob -Id $taken.Id -Force -Confirm:$false
        $script:foreign = $taken.ProviderJobId
    }
    else {
        $job = New-SeedanceVideo 'A boat and a lighthouse' -Provider Replicate -Model seedance-2.0 -Tag shot-01
        $script:takes = $job
        $body = @{ id = $job.ProviderJobId; status = 'succeeded'; input = @{ prompt = 'A boat' } } | ConvertTo-Json -Compress
        $now = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
        $hmac = [System.Security.Cryptography.HMACSHA256]::new([byte[]](1..24))
        $signature = 'v1,' + [Convert]::ToBase64String($hmac.ComputeHash([System.Text.Encoding]::UTF8.GetBytes("msg_1.$now.$body")))
        [System.IO.File]::WriteAllText((Join-Path -Path $place -ChildPath callback.json), $body)
        @{ 'webhook-id' = 'msg_1'; 'webhook-timestamp' = "$now"; 'webhook-signature' = $signature } | ConvertTo-Json | Set-Content -Path headers.json
    }

    $called = New-SeedanceVideo 'called back' -Provider Muapi -Model seedance-2-mini -ContinueUnconfirmed
    Start-Sleep -Milliseconds 60
    $null = Get-SeedanceJob -Unfinished -Refresh
    $script:called = @{ id = $called.ProviderJobId; status = 'completed' } | ConvertTo-Json -Compress
}

# As it stands, but for what only its reader has: an id, a key, a disk, a port, Ctrl+C.
function Edit-Code {
    param([string] $Code, [int] $Port)
    $Code = $Code.Replace('req_7c1f0a2b', $foreign).Replace('/mnt/videos', './videos').Replace("'<your key>'", "'simulated-key'").Replace('./out/Seedance.PowerShell', "'$Manifest'")
    $Code = $Code.Replace('(Read-Host -AsSecureString)', "(ConvertTo-SecureString 'simulated-key' -AsPlainText -Force)").Replace('8400', "$Port") -replace '\| Show-SeedanceVideo(?![^|\r\n]*-(NoOpen|PassThru))', '| Show-SeedanceVideo -NoOpen'
    $Code -replace '(Receive-SeedanceCallback[^|\r\n]*)', '$1 | Select-Object -First 1 '
}

# Who is at the other end of some examples: a host that calls back, and a person who chooses two takes in the browser.
$posting = {
    param($Port, $Body)
    foreach ($try in 1..300) {
        try { return Invoke-WebRequest -Uri "http://127.0.0.1:$Port/seedance-7f3a" -Method Post -Body $Body -ContentType application/json -UseBasicParsing } catch { Start-Sleep -Milliseconds 100 }
    }
}
$choosing = {
    param($Note)
    while (-not (Test-Path -LiteralPath $Note)) { Start-Sleep -Milliseconds 100 }
    $root = [uri](Get-Content -LiteralPath $Note)
    $ids = [regex]::Matches((Invoke-WebRequest -Uri $root -UseBasicParsing).Content, '"id":"(\d{8}-\d{6}-\w{7})"') | ForEach-Object { $_.Groups[1].Value } | Select-Object -First 2
    Invoke-WebRequest -Uri ($root.AbsoluteUri + 'choose') -Method Post -Body (@{ ids = @($ids) } | ConvertTo-Json) -ContentType application/json -Headers @{ Origin = $root.GetLeftPart('Authority') } -UseBasicParsing
}

# The other end of this example; a free port, and a browser that only notes the address.
function Start-OtherEnd {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Code, [int] $Port)
    if ($Code -match 'Receive-SeedanceCallback' -and $Code -notmatch 'CallbackUri') { $script = $posting; $arguments = $Port, $called }
    elseif ($Code -match 'Show-SeedanceVideo -PassThru') {
        $note = Join-Path -Path $PWD.Path -ChildPath ([guid]::NewGuid().ToString('n'))
        $env:BROWSER = "$note.sh"
        Set-Content -LiteralPath $env:BROWSER -Value '#!/bin/sh', "printf %s `"`$1`" > '$note.new' && mv '$note.new' '$note'"
        chmod +x $env:BROWSER
        $script = $choosing
        $arguments = , $note
    }
    else { return }
    $other = [powershell]::Create().AddScript($script)
    foreach ($argument in $arguments) { $null = $other.AddArgument($argument) }
    $null = $other.BeginInvoke()
}

function Get-FreePort {
    $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $listener.LocalEndpoint.Port
    $listener.Stop()
}

# Run here and not in a function, so that a block of the README has the variables of those before it.
$runBlock = {
    $wrong = @()
    $port = Get-FreePort
    $code = Edit-Code -Code $code -Port $port
    try {
        Start-OtherEnd -Code $code -Port $port
        . ([scriptblock]::Create($code)) $argument 2>&1 6>$null |
            Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } |
            ForEach-Object { $wrong += "$($_.FullyQualifiedErrorId): $_" }
    }
    catch {
        $wrong += "$($_.FullyQualifiedErrorId): $_"
    }

    [pscustomobject]@{ Title = $title; Errors = @($wrong) } | ConvertTo-Json -Compress
}

# Their examples leave a place in which the next one would not find what it needs.
$unsettling = 'Resolve-SeedanceJob', 'Set-SeedanceProfile', 'Remove-SeedanceProfile', 'Start-SeedanceSimulator', 'Stop-SeedanceSimulator', 'Stop-SeedanceJob', 'ConvertFrom-SeedanceCallback'
function Invoke-Page {
    param([string] $Page)
    $script:foreign = $null
    $name = [System.IO.Path]::GetFileNameWithoutExtension($Page) -replace '\.help$'
    foreach ($block in & "$PSScriptRoot/Get-ExampleBlock.ps1" -Page $Page) {
        if (-not $script:foreign -or $name -in $unsettling) {
            Initialize-Place -Name $name -Below $Folder
            if ($name -eq 'README') { Copy-Item -Path (Join-Path -Path (Split-Path -Path $Page) -ChildPath module/examples) -Destination (Join-Path -Path (New-Item -ItemType Directory -Path module) -ChildPath examples) -Recurse }
        }

        $title = $block.Title
        $argument = if ($title -match 'runbook' -or $block.Code -match 'WebhookData') { [pscustomobject]@{ WebhookName = 'done'; RequestHeader = @{}; RequestBody = $called } } else { [pscustomobject]@{ RawBody = $called } }
        $code = $block.Code
        . $runBlock
    }
}

foreach ($one in $Page) {
    Invoke-Page -Page $one | Set-Content -Path (Join-Path -Path $Folder -ChildPath ([System.IO.Path]::GetFileNameWithoutExtension($one) + '.txt'))
}

Stop-SeedanceSimulator
