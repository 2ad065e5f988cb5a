<#
.SYNOPSIS
Registers a scheduled task of Windows that runs worker.ps1 every ten minutes, as the user who registers it.
.EXAMPLE
./worker-scheduled-task.ps1 -Destination D:\videos -ProfileName studio
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Destination,

    [string] $ProfileName
)

$worker = Join-Path -Path $PSScriptRoot -ChildPath worker.ps1
$words = "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$worker`" -Destination `"$Destination`""
if ($ProfileName) { $words += " -ProfileName `"$ProfileName`"" }
$action = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument $words
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 10)
$settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -StartWhenAvailable
if ($PSCmdlet.ShouldProcess('Seedance worker', 'Register the scheduled task')) {
    Register-ScheduledTask -TaskName 'Seedance worker' -Action $action -Trigger $trigger -Settings $settings -Force
}
