BeforeAll {
    . $PSScriptRoot/Session.ps1
}

Describe 'New-SeedancePrompt' {
    BeforeEach {
        Reset-SeedanceState
        $null = Start-QuickSimulator
    }

    It 'makes one prompt for each combination, ready for the pipe and for names' {
        $prompts = New-SeedancePrompt -Template 'a mug, {light}, {move}' -Value ([ordered]@{ light = 'dawn', 'neon dusk'; move = 'orbit', 'push-in', 'static' })
        $prompts.Count | Should -Be 6
        $jobs = $prompts | New-SeedanceVideo -Provider Simulator -Model seedance-sim -Draft -Take 2 -WarningVariable told
        $jobs.Count | Should -Be 12
        $told | Should -BeNullOrEmpty
        $jobs[11].Prompt | Should -Be 'a mug, neon dusk, static'
        $jobs[11].Tag | Should -Be 'neon dusk, static'
        $jobs[11].Columns['move'] | Should -Be 'static'
        $saved = $jobs | Wait-SeedanceJob | Save-SeedanceVideo -Destination $TestDrive -Name '{tag}-{take}'
        @($saved.Outputs.Path | Select-Object -Unique).Count | Should -Be 12
        @($prompts | Measure-SeedanceVideo -Provider Simulator -Model seedance-sim).Count | Should -Be 6
    }

    It 'says what does not fit' {
        $result = Invoke-Collected { New-SeedancePrompt 'a mug, {light}' @{ mood = 'calm' } }
        $result.Errors.Count | Should -Be 1
        $result.Errors[0].ErrorDetails.Message | Should -Match '\{light\}.*\{mood\}'
    }
}
