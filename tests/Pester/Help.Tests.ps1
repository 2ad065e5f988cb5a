# Receive- waits for a host that calls, and Show- for a person who chooses; their own suites run them.
BeforeDiscovery {
    $pages = @(Get-ChildItem -Path "$PSScriptRoot/../../module/help/*.md" -Exclude Receive-SeedanceCallback.md, Show-SeedanceVideo.md) + @(Get-Item -Path "$PSScriptRoot/../../README.md")
}

BeforeAll {
    . $PSScriptRoot/Session.ps1
    Reset-SeedanceState

    # Most of the time of an example is waiting, so several pages run at once, each in a process of its own.
    $engine, $words = Get-EngineCommand
    $folder = Join-Path -Path $TestDrive -ChildPath examples
    $null = New-Item -ItemType Directory -Path $folder
    $pages = @(Get-ChildItem -Path "$PSScriptRoot/../../module/help/*.md" -Exclude Receive-SeedanceCallback.md, Show-SeedanceVideo.md) + @(Get-Item -Path "$PSScriptRoot/../../README.md")
    $left = [System.Collections.Generic.Queue[object]]::new($pages)
    $running = [System.Collections.Generic.List[object]]::new()
    $failed = @{}
    while ($left.Count -gt 0 -or $running.Count -gt 0) {
        while ($left.Count -gt 0 -and $running.Count -lt 4) {
            $page = $left.Dequeue()
            $arguments = @($words) + '-NoProfile', '-NonInteractive', '-File', "`"$PSScriptRoot/Invoke-Example.ps1`"", '-Page', "`"$($page.FullName)`"", '-Manifest', "`"$ManifestPath`"", '-Folder', "`"$folder`""
            $process = Start-Process -FilePath $engine -ArgumentList $arguments -PassThru -RedirectStandardOutput "$folder/$($page.BaseName).txt" -RedirectStandardError "$folder/$($page.BaseName).err.txt"
            $running.Add($process)
        }

        if (-not $running[0].WaitForExit(240000)) { $running[0].Kill() } # Its page then lacks examples, and says so below.
        $running.RemoveAt(0)
    }

    # What an example is about, or cannot help.
    $expected = @{
        'Resolve-SeedanceJob'     = 'SubmitUnconfirmed|NotSupportedByProvider'
        'Start-SeedanceSimulator' = 'SubmitUnconfirmed'
        'Stop-SeedanceJob'        = 'NotSupportedByProvider|came too late|has ended'
        'Test-SeedanceStore'      = 'StoreFailure' # There is no server where its examples look.
    }
}

Describe 'The examples of <_.BaseName>' -ForEach $pages {
    It 'run as they stand' {
        $lines = @(Get-Content -Path "$folder/$($_.BaseName).txt" | Where-Object { $_ -like '{"Title":*' })
        $lines.Count | Should -Be ([regex]::Matches((Get-Content -Path $_.FullName -Raw), '(?m)^```powershell').Count) -Because (Get-Content -Path "$folder/$($_.BaseName).err.txt" -Raw)
        $allowed = $expected[$_.BaseName]
        $wrong = foreach ($line in $lines) {
            $example = $line | ConvertFrom-Json
            foreach ($fault in $example.Errors) { if (-not $allowed -or $fault -notmatch $allowed) { "$($example.Title): $fault" } }
        }

        $wrong | Should -BeNullOrEmpty
    }
}
