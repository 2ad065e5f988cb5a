# Every statement here costs import time, a call of .NET most of all; what can wait is in the assemblies. The manifest has loaded the nouns and the
# loader into the default load context, where scripts can name them; all else stays apart from other modules.
$assembly, $again = [Seedance.ModuleLoader]::Load()
$cmdlets = Import-Module -Assembly $assembly -PassThru

if ($again) {
    # A block of its own is compiled only when it runs, and a first import never comes by here.
    & {
        # PowerShell takes an assembly that it has imported before from its cache and then exports nothing to this module:
        # https://github.com/PowerShell/PowerShell/issues/20710
        $self = $ExecutionContext.SessionState.Module
        if ($self.ExportedCmdlets.Count -eq 0) {
            $export = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
            foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) { $null = $export.Invoke($self, @(, $cmdlet)) }
        }
    }
}

# Only Windows PowerShell has a resolver to take back.
if ($PSEdition -ne 'Core') { & { $ExecutionContext.SessionState.Module.OnRemove = { [Seedance.ModuleLoader]::Detach() } } }
