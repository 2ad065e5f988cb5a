BeforeDiscovery {
    $pages = Get-Item -Path "$PSScriptRoot/../../module/help/*.md", "$PSScriptRoot/../../module/en-US/about_*.help.txt", "$PSScriptRoot/../../README.md"
}

BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState

    # Most of the time of an example is waiting, so several processes share the pages.
    $engine, $words = Get-EngineCommand
    # Not the drive of the tests, which is looked through after each block.
    $folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ('seedance-examples-' + [guid]::NewGuid().ToString('n'))
    $null = New-Item -ItemType Directory -Path $folder
    $pages = Get-Item -Path "$PSScriptRoot/../../module/help/*.md", "$PSScriptRoot/../../module/en-US/about_*.help.txt", "$PSScriptRoot/../../README.md"
    $most = 2 # Each compiles the module anew.
    $running = foreach ($number in 1..$most) {
        $mine = for ($index = $number - 1; $index -lt $pages.Count; $index += $most) { "'$($pages[$index].FullName)'" }
        $script = Join-Path -Path $folder -ChildPath "$number.ps1"
        Set-Content -Path $script -Value "& '$PSScriptRoot/Invoke-Example.ps1' -Page $($mine -join ', ') -Manifest '$ManifestPath' -Folder '$folder'"
        Start-Process -FilePath $engine -ArgumentList (@($words) + '-NoProfile', '-NonInteractive', '-File', "`"$script`"") -PassThru -RedirectStandardOutput "$folder/$number.out" -RedirectStandardError "$folder/$number.err"
    }

    foreach ($process in $running) { if (-not $process.WaitForExit(480000)) { $process.Kill() } } # Its pages then lack examples, and say so below.

    # What an example is about, or cannot help.
    $expected = @{
        'Resolve-SeedanceJob'     = 'SubmitUnconfirmed|NotSupportedByProvider'
        'Start-SeedanceSimulator' = 'SubmitUnconfirmed'
        'Stop-SeedanceJob'        = 'NotSupportedByProvider|came too late|has ended'
        'Test-SeedanceStore'      = 'StoreFailure' # There is no server where its examples look.
    }
}

AfterAll { Remove-Item -LiteralPath $folder -Recurse -Force }

Describe 'The examples of <_.BaseName>' -ForEach $pages {
    It 'run as they stand' {
        $lines = @(Get-Content -Path "$folder/$($_.BaseName).txt" | Where-Object { $_ -like '{"Title":*' })
        $lines.Count | Should -Be @(& $PSScriptRoot/Get-ExampleBlock.ps1 -Page $_.FullName).Count -Because (Get-Content -Path "$folder/*.err" -Raw)
        $allowed = $expected[$_.BaseName]
        $wrong = foreach ($line in $lines) {
            $example = $line | ConvertFrom-Json
            foreach ($fault in $example.Errors) { if (-not $allowed -or $fault -notmatch $allowed) { "$($example.Title): $fault" } }
        }

        $wrong | Should -BeNullOrEmpty
    }
}

Describe 'The page <_.BaseName>' -ForEach ($pages | Where-Object Extension -EQ .md) {
    It 'holds no command that is not run' {
        $text = Get-Content -Path $_.FullName -Raw
        @(& $PSScriptRoot/Get-ExampleBlock.ps1 -Page $_.FullName).Count | Should -Be ([regex]::Matches($text, '(?m)^```powershell').Count)
        [regex]::Matches(($text -replace '(?s)```.*?```'), '(?m)^    \S.*-Seedance.*$') | ForEach-Object Value | Should -BeNullOrEmpty -Because 'a command stands in a fence, where it is run'
    }
}

# The deeper lines of the topic on errors are sentences.
Describe 'The topic <_.BaseName>' -ForEach ($pages | Where-Object { $_.Extension -eq '.txt' -and $_.BaseName -ne 'about_Seedance_Errors.help' }) {
    It 'holds no command that is not run, but those with places to fill in' {
        $run = @(& $PSScriptRoot/Get-ExampleBlock.ps1 -Page $_.FullName).Code -split '\n' | ForEach-Object Trim
        Get-Content -Path $_.FullName | Where-Object { $_ -match '^ {8}\S.*-Seedance|^ {8}[A-Z][a-z]+-Seedance' -and $_ -notmatch '<[a-z]' } | ForEach-Object Trim |
            Where-Object { $_ -notin $run } | Should -BeNullOrEmpty
    }
}
