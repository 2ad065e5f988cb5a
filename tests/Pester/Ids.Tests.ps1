BeforeAll {
    . $PSScriptRoot/Session.ps1
    function Get-Completion([string] $Line) { [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches }
}

Describe 'Ids that people can type' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
        $jobs = 'a fox', 'a hare', 'an owl' | New-SeedanceVideo -Provider Simulator -Model seedance-sim -Tag animals
        $tail = $jobs[1].Id.Substring($jobs[1].Id.Length - 7)
    }

    It 'takes a part from either end wherever an id is taken' {
        (Get-SeedanceJob $tail).Id | Should -Be $jobs[1].Id
        (Wait-SeedanceJob $tail).Id | Should -Be $jobs[1].Id
        (Save-SeedanceVideo -Id $tail -Destination $TestDrive).Id | Should -Be $jobs[1].Id
        (Set-SeedanceJob $tail -Rating 3 -PassThru).Rating | Should -Be 3
        (Get-SeedanceJob $jobs[0].Id.Substring(0, 22)).Id | Should -Be $jobs[0].Id
        Remove-SeedanceJob $tail -Force -Confirm:$false
        @(Get-SeedanceJob).Count | Should -Be 2
    }

    It 'names the jobs of a part that several have, and goes on' {
        $result = Invoke-Collected { Get-SeedanceJob $jobs[0].Id.Substring(0, 8), 'zzzzzz', $tail }
        ($result.Errors | Get-ErrorCode) | Should -Be @('InvalidRequest', 'JobNotFound')
        $result.Errors[0].ErrorDetails.Message | Should -Match $jobs[2].Id
        $result.Output.Id | Should -Be $jobs[1].Id
    }

    It 'takes wildcards where it reads' {
        (Get-SeedanceJob '*').Id | Should -Be $jobs.Id
        (Get-SeedanceJob "*$tail").Id | Should -Be $jobs[1].Id
        (Invoke-Collected { Wait-SeedanceJob '*' }).Errors[0] | Get-ErrorCode | Should -Be 'JobNotFound'
    }

    It 'waits for the newest and saves it' {
        (Wait-SeedanceJob -Newest 1).Id | Should -Be $jobs[2].Id
        (Save-SeedanceVideo -Newest 1 -Destination $TestDrive).Id | Should -Be $jobs[2].Id
        @(Wait-SeedanceJob -Newest 2).Count | Should -Be 2
    }

    It 'takes the folder behind a pipe by position' {
        $saved = $jobs | Wait-SeedanceJob | Save-SeedanceVideo "$TestDrive/drafts"
        @($saved.Outputs.Path | Where-Object { $_ -like '*drafts*' }).Count | Should -Be 3
    }

    It 'completes ids, the newest first, and says what each is' {
        foreach ($line in 'Get-SeedanceJob -Id ', 'Save-SeedanceVideo -Id ', 'New-SeedanceVideo -From ') {
            $offered = Get-Completion $line
            $offered.CompletionText | Should -Be @($jobs[2].Id, $jobs[1].Id, $jobs[0].Id)
            $offered[0].ToolTip | Should -Match 'credits.*animals: an owl'
        }

        (Get-Completion "Get-SeedanceJob -Id $tail").CompletionText | Should -Be $jobs[1].Id
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-SeedanceJob -Tag '; Offered = 'animals' }
        @{ Line = 'Save-SeedanceVideo -Name '; Offered = '''{tag}-{take}''' }
        @{ Line = 'New-SeedanceVideo -Provider Muapi -Model seedance-2-mini -Duration '; Offered = '4' }
        @{ Line = 'Set-SeedanceProfile -CostUnit '; Offered = 'USD' }
        @{ Line = 'New-SeedanceVideo -Tag '; Offered = 'animals' }
        @{ Line = 'Invoke-SeedanceBatch -Name '; Offered = '''{tag}-{take}''' }
        @{ Line = 'Get-SeedanceJob -ProviderJobId p1 -Provider AtlasCloud -WireModel '; Offered = 'bytedance/seedance-2.0/text-to-video' }
        @{ Line = 'Set-SeedanceProfile x -Provider Muapi -BaseUri '; Offered = 'https://api.muapi.ai/api/v1' }
        @{ Line = 'Remove-SeedanceJob -OlderThan '; Offered = '7.00:00:00' }
        @{ Line = 'Set-SeedanceJob -Rating '; Offered = '5' }
    ) {
        (Get-Completion $Line).CompletionText | Should -Contain $Offered
    }

    It 'completes days that the command then takes' {
        $today = (Get-Completion 'Get-SeedanceJob -After ')[0]
        $today.ToolTip | Should -BeLike 'today*'
        @(Get-SeedanceJob -After $today.CompletionText).Count | Should -Be 3
        $today = (Get-Completion 'Get-SeedanceSpend -Before ')[0].CompletionText
        $today | Should -Be ([datetime]::UtcNow.ToString('yyyy-MM-dd') + 'Z')
        @(Get-SeedanceSpend -After $today -Before $today).Count | Should -Be 1
    }

    It 'completes the port of a simulator, and vaults and secrets where a command names them' {
        $port = (Start-QuickSimulator).Port
        (Get-Completion 'Stop-SeedanceSimulator -Port ').CompletionText | Should -Contain "$port"
        function global:Get-SecretVault { [CmdletBinding()] param() [pscustomobject]@{ Name = 'team' } }
        function global:Get-SecretInfo { [CmdletBinding()] param([string]$Vault) [pscustomobject]@{ Name = "$Vault key" } }
        try {
            (Get-Completion 'Set-SeedanceProfile x -Vault ').CompletionText | Should -Be 'team'
            (Get-Completion 'Set-SeedanceProfile x -Vault team -SecretName ').CompletionText | Should -Be "'team key'"
        }
        finally {
            Remove-Item -Path function:Get-SecretVault, function:Get-SecretInfo
        }
    }

    It 'offers neutral names of models with their price, and a host''s own ids to who begins with one' {
        $offered = Get-Completion 'New-SeedanceVideo -Provider Muapi -Model seedance-2-m'
        $offered.CompletionText | Should -Contain 'seedance-2-mini'
        $offered[0].ToolTip | Should -Match 'USD a second.*4 to 15 s.*480p'
        (Get-Completion 'New-SeedanceVideo -Provider AtlasCloud -Model bytedance/').CompletionText | Should -Contain 'bytedance/seedance-2.0/text-to-video'
    }
}
