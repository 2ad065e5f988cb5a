<#
.SYNOPSIS
Compares the import of the built module with that of a module that has one compiled cmdlet, and both with a first command, each in fresh processes and
in turn.
.DESCRIPTION
Prints the medians, their ratios and every sample of the import. The first command is Get-SeedanceJob in a state folder that holds no job. Exits with 1
when the ratio of the imports is above the limit.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000)][int]$Sample = 15,
    [ValidateRange(1.0, 100.0)][double]$Limit = 1.5
)

$ErrorActionPreference = 'Stop'
$module = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'Seedance.PowerShell', 'Seedance.PowerShell.psd1'))
$stateFolder = $env:SEEDANCE_HOME
$folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "OneCmdlet-$([guid]::NewGuid().ToString('n'))"
$null = New-Item -ItemType Directory -Path $folder
try {
    Add-Type -OutputAssembly (Join-Path -Path $folder -ChildPath 'OneCmdlet.dll') -TypeDefinition @'
using System.Management.Automation;
[Cmdlet("Get", "OneCmdlet")] public sealed class GetOneCmdletCommand : PSCmdlet { protected override void ProcessRecord() { WriteObject(1); } }
'@
    $baseline = Join-Path -Path $folder -ChildPath 'OneCmdlet.psd1'
    Set-Content -Path $baseline -Value "@{ RootModule = 'OneCmdlet.dll'; ModuleVersion = '1.0.0'; GUID = '$([guid]::NewGuid())'; CmdletsToExport = @('Get-OneCmdlet'); FunctionsToExport = @(); VariablesToExport = @(); AliasesToExport = @() }"

    # The process measures itself, since its own start takes longer than the import.
    $measure = '$env:SEEDANCE_STORE = $null; $watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module -Name $env:SEEDANCE_MEASURED_MODULE; $import = $watch.Elapsed.TotalMilliseconds; $null = & $env:SEEDANCE_MEASURED_COMMAND; [string]::Format([cultureinfo]::InvariantCulture, "{0} {1}", $import, $watch.Elapsed.TotalMilliseconds)'
    $command = @{ $baseline = 'Get-OneCmdlet'; $module = 'Get-SeedanceJob' }
    $env:SEEDANCE_HOME = Join-Path -Path $folder -ChildPath state
    $program = Get-ChildItem -Path $PSHOME -File | Where-Object Name -In 'pwsh', 'pwsh.exe', 'powershell.exe' | Select-Object -First 1
    $engine, $words = if ($program) { $program.FullName } else { 'dotnet', (Join-Path -Path $PSHOME -ChildPath 'pwsh.dll') } # The second is the .NET tool.
    $samples = @{ $baseline = @(); $module = @() }
    $first = @{ $baseline = @(); $module = @() }
    foreach ($round in 0..$Sample) {
        foreach ($path in $baseline, $module) {
            $env:SEEDANCE_MEASURED_MODULE = $path
            $env:SEEDANCE_MEASURED_COMMAND = $command[$path]
            $import, $both = -split (& $engine @words -NoProfile -NonInteractive -Command $measure) | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) }
            if ($round -eq 0) { continue } # It fills the disk's cache, and makes the store.
            $samples[$path] += $import
            $first[$path] += $both
        }
    }
}
finally {
    $env:SEEDANCE_MEASURED_MODULE = $env:SEEDANCE_MEASURED_COMMAND = $null
    $env:SEEDANCE_HOME = $stateFolder
    Remove-Item -Path $folder -Recurse -Force
}

$median = @{}
$firstMedian = @{}
foreach ($path in $baseline, $module) {
    $median[$path] = ($samples[$path] | Sort-Object)[[int][Math]::Floor($Sample / 2)]
    $firstMedian[$path] = ($first[$path] | Sort-Object)[[int][Math]::Floor($Sample / 2)]
}
$ratio = $median[$module] / $median[$baseline]
[pscustomobject]@{
    Ratio             = [Math]::Round($ratio, 2)
    Limit             = $Limit
    ModuleMs          = [Math]::Round($median[$module], 1)
    BaselineMs        = [Math]::Round($median[$baseline], 1)
    FirstRatio        = [Math]::Round($firstMedian[$module] / $firstMedian[$baseline], 2)
    FirstModuleMs     = [Math]::Round($firstMedian[$module], 1)
    FirstBaselineMs   = [Math]::Round($firstMedian[$baseline], 1)
    ModuleSamplesMs   = ($samples[$module] | ForEach-Object { $_.ToString('0.0', [cultureinfo]::InvariantCulture) }) -join ' '
    BaselineSamplesMs = ($samples[$baseline] | ForEach-Object { $_.ToString('0.0', [cultureinfo]::InvariantCulture) }) -join ' '
} | Format-List
exit [int]($ratio -gt $Limit)
