BeforeAll { . $PSScriptRoot/Session.ps1 }

Describe 'Export-SeedanceSupportBundle' {
    BeforeAll {
        Reset-SeedanceState
        $job = New-SeedanceVideo -Prompt 'a lion in my garden [fail]' -Provider Simulator | Wait-SeedanceJob -ErrorAction SilentlyContinue
        Add-Type -AssemblyName System.IO.Compression.FileSystem
    }

    It 'writes a zip without keys and prompts, and the trace of the job in it' {
        $env:MUAPI_API_KEY = 'canary-key-of-somebody'
        $file = Export-SeedanceSupportBundle -Path (Join-Path -Path $TestDrive -ChildPath one.zip) -Id $job.Id
        $folder = Join-Path -Path $TestDrive -ChildPath one
        [System.IO.Compression.ZipFile]::ExtractToDirectory($file.FullName, $folder)
        $text = @(Get-ChildItem -Path $folder -Recurse -File | Get-Content -Raw) -join "`n"

        $text | Should -Match 'Running -> Failed'
        $text | Should -Not -Match 'canary|my garden'
    }

    AfterAll { $env:MUAPI_API_KEY = $null }

    It 'takes jobs from the pipeline, and names its file itself' {
        $folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath folder)).FullName
        $file = $job | Export-SeedanceSupportBundle -Path $folder

        $file.Name | Should -Match '^seedance-support-\d{8}-\d{6}\.zip$'
        $file.DirectoryName | Should -Be $folder
    }

    It 'writes nothing with -WhatIf, and never over a file' {
        $path = Join-Path -Path $TestDrive -ChildPath two.zip
        Export-SeedanceSupportBundle -Path $path -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
        Set-Content -Path $path -Value 'mine'
        { Export-SeedanceSupportBundle -Path $path -Id $job.Id } | Should -Throw -ErrorId 'InvalidRequest,*'
        Get-Content -Path $path | Should -Be 'mine'
    }
}
