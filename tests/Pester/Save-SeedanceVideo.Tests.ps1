BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Save-SeedanceVideo' {
    BeforeEach {
        Reset-SeedanceState
        $folder = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('n'))
        $null = Start-SeedanceSimulator -SetEnvironment -QueueSec 0 -RunSec 0
        $job = New-SeedanceVideo -Prompt 'a red fox' -Provider Muapi -Model seedance-2-mini -Resolution 480p | Wait-ByRefresh
    }

    It 'writes the file and the job with its path' {
        $saved = $job | Save-SeedanceVideo -Destination $folder
        $saved.Outputs[0].Path | Should -Exist
        (Get-FileHash -Path $saved.Outputs[0].Path).Hash | Should -Be $saved.Outputs[0].Sha256
        @(Get-ChildItem -Path $folder -Filter *.json).Count | Should -Be 1
        @(Get-ChildItem -Path $folder -Filter *.part).Count | Should -Be 0
    }

    It 'takes the folder behind the pipe by its place' {
        ($job | Save-SeedanceVideo $folder).Outputs[0].Path | Should -BeLike (Join-Path -Path $folder -ChildPath '*.mp4')
    }

    It 'names the file by template and leaves the sidecar out' {
        $saved = Save-SeedanceVideo -Id $job.Id $folder -Name '{provider}-{prompt}' -NoSidecar
        Split-Path -Path $saved.Outputs[0].Path -Leaf | Should -BeLike 'Muapi-a*red*fox*.mp4'
        @(Get-ChildItem -Path $folder -Filter *.json).Count | Should -Be 0
    }

    It 'resolves a relative folder against the current location' {
        $null = New-Item -ItemType Directory -Path $folder
        Push-Location -Path $folder
        try { $saved = $job | Save-SeedanceVideo -Destination drafts } finally { Pop-Location }
        Split-Path -Path $saved.Outputs[0].Path -Parent | Should -Be (Join-Path -Path $folder -ChildPath drafts)
    }

    It 'overwrites another file only with -Force' {
        $null = New-Item -ItemType Directory -Path $folder
        Set-Content -Path (Join-Path -Path $folder -ChildPath 'mine.mp4') -Value 'not a video'
        $result = Invoke-Collected { $job | Save-SeedanceVideo -Destination $folder -Name mine }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        ($job | Save-SeedanceVideo -Destination $folder -Name mine -Force).Outputs[0].Path | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        $job | Save-SeedanceVideo -Destination $folder -WhatIf
        Test-Path -Path $folder | Should -BeFalse
    }

    It 'reports a job that is not there and saves the others' {
        $result = Invoke-Collected { 'nope', $job.Id | Save-SeedanceVideo -Destination $folder }
        $result.Errors.FullyQualifiedErrorId | Should -BeLike 'JobNotFound,*'
        $result.Output.Count | Should -Be 1
    }

    It 'finds out before anything is paid that <What>' -ForEach @(
        @{ What = 'the template has an unknown token'; Save = @{ Name = '{picture}' }; Code = 'InvalidRequest' }
        @{ What = 'the template has a lone brace'; Save = @{ Name = '{id' }; Code = 'InvalidRequest' }
        @{ What = 'the folder is a file'; Save = @{ Destination = $PSCommandPath }; Code = 'SaveFailed' }
        @{ What = 'the folder cannot be made'; Save = @{ Destination = (Join-Path -Path $PSCommandPath -ChildPath 'below') }; Code = 'SaveFailed' }
        @{ What = 'the folder is of no file system'; Save = @{ Destination = 'Env:drafts' }; Code = 'SaveFailed' }
        @{ What = 'a limit is none'; Save = @{ ThrottleLimit = 0 }; Code = 'ParameterArgumentValidationError' }
    ) {
        $before = @(Get-SeedanceJob).Count
        foreach ($rehearse in $false, $true) {
            $result = Invoke-Collected { 'one', 'two' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini | Wait-SeedanceJob | Save-SeedanceVideo @Save -WhatIf:$rehearse }
            $result.Terminated | Get-ErrorCode | Should -Be $Code
            $result.Output | Should -BeNullOrEmpty
        }

        @(Get-SeedanceJob).Count | Should -Be $before
    }

    It 'lets no wrong argument of Wait-SeedanceJob wait for the first payment' {
        $before = @(Get-SeedanceJob).Count
        (Invoke-Collected { 'one' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini | Wait-SeedanceJob -TimeoutSec -1 }).Terminated | Get-ErrorCode |
            Should -Be 'ParameterArgumentValidationError'
        (Invoke-Collected { 'one' | New-SeedanceVideo -Provider Muapi -Model seedance-2-mini | Wait-SeedanceJob -TimeoutSec soon }).Terminated | Get-ErrorCode |
            Should -Be 'CannotConvertArgumentNoMessage'
        @(Get-SeedanceJob).Count | Should -Be $before
    }
}
