$folder = [System.IO.Path]::Combine($PSScriptRoot, $(if ($PSVersionTable.PSEdition -eq 'Core') { 'core' } else { 'desktop' }))

# The nouns and the loader go into the default load context, where scripts can name them; all else stays apart from other modules.
if (-not ('Seedance.ModuleLoader' -as [type])) {
    $null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($folder, 'Seedance.Abstractions.dll'))
}

$cmdlets = Import-Module -Assembly ([Seedance.ModuleLoader]::Load($folder)) -PassThru

# PowerShell takes an assembly that it has imported before from its cache and then exports nothing to this module:
# https://github.com/PowerShell/PowerShell/issues/20710
$self = $ExecutionContext.SessionState.Module
if ($self.ExportedCmdlets.Count -eq 0) {
    $export = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) { $null = $export.Invoke($self, @(, $cmdlet)) }
}

$self.OnRemove = { [Seedance.ModuleLoader]::Detach() }
