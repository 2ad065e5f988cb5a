# Every statement here costs import time, a call of .NET most of all; what can wait is in the assemblies.
$folder = "$PSScriptRoot/desktop"
if ($PSEdition -eq 'Core') { $folder = "$PSScriptRoot/core" }
$again = 'Seedance.ModuleLoader' -as [type]

# The nouns and the loader go into the default load context, where scripts can name them; all else stays apart from other modules.
Import-Module "$folder/Seedance.Abstractions.dll"
$cmdlets = Import-Module -Assembly ([Seedance.ModuleLoader]::Load($folder)) -PassThru

if ($again) {
    # PowerShell takes an assembly that it has imported before from its cache and then exports nothing to this module:
    # https://github.com/PowerShell/PowerShell/issues/20710
    $self = $ExecutionContext.SessionState.Module
    if ($self.ExportedCmdlets.Count -eq 0) {
        $export = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
        foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) { $null = $export.Invoke($self, @(, $cmdlet)) }
    }
}

# Only Windows PowerShell has a resolver to take back.
if ($PSEdition -ne 'Core') { $ExecutionContext.SessionState.Module.OnRemove = { [Seedance.ModuleLoader]::Detach() } }
