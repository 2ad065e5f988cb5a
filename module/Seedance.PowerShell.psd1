@{
    RootModule             = if ($PSEdition -eq 'Core') { 'core/Seedance.PowerShell.dll' } else { 'desktop/Seedance.PowerShell.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = '6b0c1a57-0e2d-4c55-9a0e-2f5d7c1b84e3'
    Author                 = 'The Seedance.PowerShell contributors'
    CompanyName            = 'The Seedance.PowerShell contributors'
    Copyright              = 'Copyright (c) The Seedance.PowerShell contributors'
    Description            = 'Generates videos with ByteDance Seedance models at any host that sells them: submit, wait for, save and keep track of jobs that cost money. Never paid twice, never lost, never lies.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    RequiredModules        = @()
    FormatsToProcess       = @('Seedance.PowerShell.Format.ps1xml')
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'ConvertFrom-SeedanceCallback'
        'Copy-SeedanceStore'
        'Export-SeedanceSupportBundle'
        'Get-SeedanceCredits'
        'Get-SeedanceJob'
        'Get-SeedanceModel'
        'Get-SeedanceProfile'
        'Get-SeedanceSpend'
        'Get-SeedanceStore'
        'Invoke-SeedanceBatch'
        'Invoke-SeedanceQueue'
        'Measure-SeedanceVideo'
        'New-SeedancePrompt'
        'New-SeedanceVideo'
        'Receive-SeedanceCallback'
        'Remove-SeedanceJob'
        'Remove-SeedanceProfile'
        'Resolve-SeedanceJob'
        'Save-SeedanceVideo'
        'Set-SeedanceJob'
        'Set-SeedanceProfile'
        'Set-SeedanceStore'
        'Show-SeedanceVideo'
        'Start-SeedanceSimulator'
        'Stop-SeedanceJob'
        'Stop-SeedanceSimulator'
        'Test-SeedanceSetup'
        'Test-SeedanceStore'
        'Wait-SeedanceJob'
        'Watch-SeedanceJob'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('Seedance', 'ByteDance', 'Video', 'AI', 'TextToVideo', 'ImageToVideo', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'First version. See CHANGELOG.md in the source.'
        }
    }
}
