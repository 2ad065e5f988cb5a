<#
.SYNOPSIS
Compares the import of the built module with that of a module that has one compiled cmdlet, each in fresh processes and in turn.
.DESCRIPTION
Prints the median of both, their ratio and every sample. Exits with 1 when the ratio is above the limit.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 1000)][int]$Sample = 15,
    [ValidateRange(1.0, 100.0)][double]$Limit = 1.5
)

$ErrorActionPreference = 'Stop'
$module = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'Seedance.PowerShell', 'Seedance.PowerShell.psd1'))
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
    $measure = '$watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module -Name $env:SEEDANCE_MEASURED_MODULE; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)'
    $program = Get-ChildItem -Path $PSHOME -File | Where-Object Name -In 'pwsh', 'pwsh.exe', 'powershell.exe' | Select-Object -First 1
    $engine, $words = if ($program) { $program.FullName } else { 'dotnet', (Join-Path -Path $PSHOME -ChildPath 'pwsh.dll') } # The second is the .NET tool.
    $samples = @{ $baseline = @(); $module = @() }
    foreach ($round in 0..$Sample) {
        foreach ($path in $baseline, $module) {
            $env:SEEDANCE_MEASURED_MODULE = $path
            $took = [double]::Parse((& $engine @words -NoProfile -NonInteractive -Command $measure), [cultureinfo]::InvariantCulture)
            if ($round -gt 0) { $samples[$path] += $took } # The first round fills the disk's cache.
        }
    }
}
finally {
    $env:SEEDANCE_MEASURED_MODULE = $null
    Remove-Item -Path $folder -Recurse -Force
}

$median = @{}
foreach ($path in $baseline, $module) { $median[$path] = ($samples[$path] | Sort-Object)[[int][Math]::Floor($Sample / 2)] }
$ratio = $median[$module] / $median[$baseline]
[pscustomobject]@{
    Ratio             = [Math]::Round($ratio, 2)
    Limit             = $Limit
    ModuleMs          = [Math]::Round($median[$module], 1)
    BaselineMs        = [Math]::Round($median[$baseline], 1)
    ModuleSamplesMs   = ($samples[$module] | ForEach-Object { $_.ToString('0.0', [cultureinfo]::InvariantCulture) }) -join ' '
    BaselineSamplesMs = ($samples[$baseline] | ForEach-Object { $_.ToString('0.0', [cultureinfo]::InvariantCulture) }) -join ' '
} | Format-List
exit [int]($ratio -gt $Limit)
