BeforeDiscovery {
    . $PSScriptRoot/Session.ps1
    $cmdlets = (Get-Command -Module Seedance.PowerShell).Name
}

BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState
}

Describe 'The module' {
    It 'exports exactly the cmdlets of its manifest' {
        $manifest = Test-ModuleManifest -Path $ManifestPath
        (Get-Command -Module Seedance.PowerShell).Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
    }

    It 'is a valid manifest' {
        (Test-ModuleManifest -Path $ManifestPath).Name | Should -Be 'Seedance.PowerShell'
    }

    It 'keeps its cmdlets when it is imported again, by force, and after removal' {
        $counts = Invoke-NewProcess @"
(Get-Command -Module Seedance.PowerShell).Count
Import-Module -Name '$ManifestPath'; (Get-Command -Module Seedance.PowerShell).Count
Import-Module -Name '$ManifestPath' -Force; (Get-Command -Module Seedance.PowerShell).Count
Remove-Module -Name Seedance.PowerShell; @(Get-Command -Module Seedance.PowerShell).Count
Import-Module -Name '$ManifestPath'; (Get-Command -Module Seedance.PowerShell).Count
(Get-SeedanceModel -Provider Simulator -Name seedance-sim).Count
"@
        $all = $counts[0]
        [int]$all | Should -BeGreaterThan 10
        $counts[0..4] | Should -Be @($all, $all, $all, '0', $all)
        [int]$counts[5] | Should -BeGreaterThan 0
    }

    It 'imports and works under strict mode and ErrorActionPreference Stop' {
        $answer = Invoke-NewProcess @"
Remove-Module -Name Seedance.PowerShell
Set-StrictMode -Version Latest
`$ErrorActionPreference = 'Stop'
Import-Module -Name '$ManifestPath'
(New-SeedanceVideo 'a fox' -Provider Simulator -Model seedance-sim | Wait-SeedanceJob).Status
"@
        $answer | Should -Be 'Succeeded'
    }

    It 'refuses a state folder that is no full path' {
        $home0 = $env:SEEDANCE_HOME
        try {
            $env:SEEDANCE_HOME = 'state'
            foreach ($command in { Get-SeedanceJob }, { Get-SeedanceProfile }, { New-SeedanceVideo 'a fox' -Provider Simulator -Confirm:$false }) {
                $result = Invoke-Collected $command
                $result.Terminated | Get-ErrorCode | Should -Be 'StoreFailure'
                $result.Terminated.ErrorDetails.RecommendedAction | Should -Match 'full path'
            }
            'state' | Should -Not -Exist
        }
        finally { $env:SEEDANCE_HOME = $home0 }
    }

    It 'lets scripts name its types' {
        [Seedance.SeedanceJob].Name | Should -Be 'SeedanceJob'
        [Seedance.JobStatus]::Unconfirmed.value__ | Should -Be 1
    }

    It 'leaves the core and its packages for the first command' {
        # An engine compiles ahead, on a thread of its own, what its last sessions have run; this one has no last session.
        $cache0 = $env:XDG_CACHE_HOME
        $env:XDG_CACHE_HOME = Join-Path -Path $TestDrive -ChildPath 'cache'
        $answer = Invoke-NewProcess @"
(Get-Module -Name Seedance.PowerShell).ModuleType
`$loaded = { [AppDomain]::CurrentDomain.GetAssemblies().ForEach({ `$_.GetName().Name }) -like 'Seedance.*' | Sort-Object }
(& `$loaded) -join ' '
`$null = Get-SeedanceJob
(& `$loaded) -join ' '
"@
        $env:XDG_CACHE_HOME = $cache0
        $answer | Should -Be @('Binary', 'Seedance.Abstractions Seedance.PowerShell', 'Seedance.Abstractions Seedance.Core Seedance.PowerShell')
    }

    It 'keeps its packages out of the default load context' {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })
        $default | Should -Contain 'Seedance.Abstractions'
        $default | Should -Not -Contain 'Polly.Core'
        $default | Should -Not -Contain 'Seedance.Core'
    }

    It 'is not harmed by other versions of its packages that another module loaded' {
        $answer = Invoke-NewProcess @"
Remove-Module -Name Seedance.PowerShell
`$other = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('n'))
`$null = New-Item -ItemType Directory -Path `$other
Add-Type -TypeDefinition '[assembly: System.Reflection.AssemblyVersion("1.0.0.0")] namespace Polly { public class ResiliencePipeline { } }' -OutputAssembly (Join-Path `$other 'Polly.Core.dll')
`$loaded = [System.Reflection.Assembly]::LoadFrom((Join-Path `$other 'Polly.Core.dll'))
Import-Module -Name '$ManifestPath'
(New-SeedanceVideo 'a fox' -Provider Simulator -Model seedance-sim | Wait-SeedanceJob).Status
`$loaded.GetName().Version.ToString()
Remove-Item -Path `$other -Recurse -Force
"@
        $answer | Should -Be @('Succeeded', '1.0.0.0')
    }

    It 'works in ForEach-Object -Parallel' {
        $null = Start-QuickSimulator
        $statuses = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            Import-Module -Name $using:ManifestPath
            (New-SeedanceVideo "fox $_" -Provider Simulator -Model seedance-sim | Wait-SeedanceJob -TimeoutSec 60).Status
        }
        @($statuses).Count | Should -Be 6
        $statuses | Select-Object -Unique | Should -Be 'Succeeded'
    }

    It 'has help for every parameter of <_>' -ForEach $cmdlets {
        $cmdlet = $_
        $help = Get-Help -Name $cmdlet -Full
        $help.PSObject.Properties.Name | Should -Contain 'examples'
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $told = $help.parameters | Select-Object -ExpandProperty parameter -ErrorAction Ignore | Where-Object { $_.PSObject.Properties['description'] -and ($_.description | Out-String).Trim() } | ForEach-Object Name
        (Get-Command -Name $cmdlet).Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $told } | Should -BeNullOrEmpty -Because 'each needs a text'
    }
}

Describe 'The scripts' {
    It 'give the help that is shipped' {
        if (-not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)) { Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS is not installed' }
        Invoke-NewProcess "& '$([System.IO.Path]::GetFullPath("$PSScriptRoot/../Export-Help.ps1"))' -Check" | Should -BeNullOrEmpty
    }

    It 'have nothing that PSScriptAnalyzer minds' {
        if (-not (Get-Module -Name PSScriptAnalyzer -ListAvailable)) { Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not installed' }
        $top = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
        $found = 'build.ps1', 'module', 'tests' | ForEach-Object { Invoke-ScriptAnalyzer -Path (Join-Path -Path $top -ChildPath $_) -Recurse -Settings (Join-Path -Path $top -ChildPath 'PSScriptAnalyzerSettings.psd1') }
        $found | ForEach-Object { '{0}:{1} {2}' -f $_.ScriptName, $_.Line, $_.Message } | Should -BeNullOrEmpty
    }
}

Describe 'Completion' {
    BeforeAll {
        function Get-Completion {
            param([Parameter(Mandatory)][string]$Line)
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        }
    }

    It 'offers providers' {
        Get-Completion 'New-SeedanceVideo x -Provider ' | Should -Contain 'Simulator'
        Get-Completion 'New-SeedanceVideo x -Provider mu' | Should -Be 'Muapi'
    }

    It 'offers the models of the bound provider alone' {
        Get-Completion 'New-SeedanceVideo x -Provider Simulator -Model ' | Should -Contain 'seedance-sim'
        Get-Completion 'New-SeedanceVideo x -Provider Muapi -Model seedance-' | Should -Not -Contain 'seedance-sim'
    }

    It 'offers profiles' {
        Set-SeedanceProfile -Name drafts -Provider Simulator
        Get-Completion 'New-SeedanceVideo x -Profile dr' | Should -Be 'drafts'
    }

    It 'offers resolutions and job states' {
        Get-Completion 'New-SeedanceVideo x -Provider Simulator -Resolution 4' | Should -Be '480p'
        Get-Completion 'Get-SeedanceJob -Status Unc' | Should -Be 'Unconfirmed'
    }
}
