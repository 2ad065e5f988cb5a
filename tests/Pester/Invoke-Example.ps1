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
    # Help pages, and the README, whose blocks are run one after the other in one place.
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

function Initialize-Place {
    param([string] $Name, [string] $Below)
    $place = Join-Path -Path $Below -ChildPath ([guid]::NewGuid().ToString('n'))
    $null = New-Item -ItemType Directory -Path $place
    Set-Location -Path $place
    Stop-SeedanceSimulator
    $env:SEEDANCE_HOME = Join-Path -Path $place -ChildPath state
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

# As it stands, but for what only its reader has: an id, a key, a disk.
function Edit-Code {
    param([string] $Code)
    $Code.Replace('req_7c1f0a2b', $foreign).Replace('/mnt/videos', './videos').Replace("'<your key>'", "'simulated-key'").Replace('./out/Seedance.PowerShell', "'$Manifest'").Replace('Show-SeedanceVideo -PassThru', 'Select-Object -First 1') -replace '\| Show-SeedanceVideo(?![^|\r\n]*-NoOpen)', '| Show-SeedanceVideo -NoOpen'
}

# Run here and not in a function, so that a block of the README has the variables of those before it.
$runBlock = {
    $wrong = @()
    try {
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
    $source = Get-Content -Path $Page -Raw
    $name = [System.IO.Path]::GetFileNameWithoutExtension($Page)
    if ($name -eq 'README') {
        Initialize-Place -Name $name -Below $Folder
        Copy-Item -Path (Join-Path -Path (Split-Path -Path $Page) -ChildPath module/examples) -Destination (Join-Path -Path (New-Item -ItemType Directory -Path module) -ChildPath examples) -Recurse
        $number = 0
        foreach ($block in [regex]::Matches($source, '(?s)```powershell\r?\n(.*?)\r?\n```')) {
            $title = "block $((++$number))"
            $argument = $null
            $code = Edit-Code $block.Groups[1].Value
            . $runBlock
        }
    }
    else {
        foreach ($block in [regex]::Matches($source, '(?ms)^### (Example \d+: [^\r\n]*)\r?\n+```powershell\r?\n(.*?)\r?\n```')) {
            if (-not $script:foreign -or $name -in $unsettling) { Initialize-Place -Name $name -Below $Folder }
            $title = $block.Groups[1].Value
            $argument = if ($title -match 'runbook') { [pscustomobject]@{ WebhookName = 'done'; RequestHeader = @{}; RequestBody = $called } } else { [pscustomobject]@{ RawBody = $called } }
            $code = Edit-Code $block.Groups[2].Value
            . $runBlock
        }
    }
}

foreach ($one in $Page) {
    Invoke-Page -Page $one | Set-Content -Path (Join-Path -Path $Folder -ChildPath ([System.IO.Path]::GetFileNameWithoutExtension($one) + '.txt'))
}

Stop-SeedanceSimulator
